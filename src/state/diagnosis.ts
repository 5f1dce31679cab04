import type { MethodName } from '../recipe/field'

export interface Signs {
  method: MethodName
  /** Entropy of the mean prediction over its greatest value: 1 when all prototypes are used alike. */
  usage?: number
  /** Entropy of one assignment over its greatest value: 1 when it is uniform. */
  softness?: number
  loss?: number
}

export interface Diagnosis {
  mood: 'waiting' | 'good' | 'warning'
  title: string
  sentence: string
}

/** What the numbers say about the clusters, in words. */
export function diagnose({ method, usage, softness, loss }: Signs): Diagnosis {
  if (loss !== undefined && !Number.isFinite(loss)) {
    return warning('Diverged', 'The loss is no longer a number. Reset and train with a smaller learning rate.')
  }
  if (loss === undefined) {
    return { mood: 'waiting', title: 'Ready', sentence: 'Press Train and watch the prototypes find their classes.' }
  }
  if (method === 'supervised' || usage === undefined) {
    return good('Learning from labels', 'Only the labelled pictures teach: the line to beat.')
  }
  if (usage < 0.5) {
    return warning('Collapsing', 'A few prototypes take nearly every picture.')
  }
  if (softness !== undefined && softness > 0.95) {
    return warning('Undecided', `Assignments are almost uniform: ${method === 'suave' ? 'ε' : 'the teacher temperature'} may be too high.`)
  }
  if (usage < 0.85) return good('Uneven', 'Some prototypes win far more pictures than others.')
  return good('No collapse', 'All prototypes are in use, and assignments take sides.')
}

function good(title: string, sentence: string): Diagnosis {
  return { mood: 'good', title, sentence }
}

function warning(title: string, sentence: string): Diagnosis {
  return { mood: 'warning', title, sentence }
}
