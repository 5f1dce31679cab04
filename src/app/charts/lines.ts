import { ASSIGNING, type MethodName } from '../../recipe/field'
import type { ColumnName } from '../../state/series'

export interface ChartLine {
  column: ColumnName
  label: string
  /** What the line shows, where its label is short. */
  meaning?: string
  colour: string
  /** Lines differ by their dashes too, for eyes that do not tell the colours apart. */
  dash?: string
}

export interface ChartDescription {
  title: string
  lines: readonly ChartLine[]
  /** Shares are written as percentages and reach from 0 to 1 at most. */
  unit: 'nats' | 'share'
  /** Where the lines leave room for the labels of marks. */
  room: 'Top' | 'Bottom'
}

const UNLABELLED = 'var(--line-blue)'

export function lossChart(method: MethodName): ChartDescription {
  const total: ChartLine = { column: 'loss', label: 'total', colour: 'var(--ink)' }
  const labelled: ChartLine = { column: 'labelledLoss', label: 'labelled', colour: 'var(--amber-ink)', dash: '2 3' }
  const unlabelled: ChartLine = { column: 'unlabelledLoss', label: 'unlabelled', colour: UNLABELLED, dash: '7 3' }
  const evenness: ChartLine = {
    column: 'meanEntropyLoss', label: 'mean', meaning: 'minus the entropy of the mean prediction',
    colour: 'var(--line-purple)', dash: '2 3',
  }
  const rotation: ChartLine = { column: 'rotationLoss', label: 'rotation', colour: UNLABELLED, dash: '7 3' }
  return {
    title: 'Loss',
    lines: {
      suave: [total, unlabelled, labelled], daino: [total, unlabelled, labelled],
      swav: [total], dino: [total],
      paws: [total, unlabelled, evenness], s4l: [total, rotation, labelled], supervised: [total, labelled],
    }[method],
    unit: 'nats',
    room: 'Top',
  }
}

export function accuracyChart(method: MethodName): ChartDescription {
  const test: ChartLine = { column: 'testAccuracy', label: 'test', colour: 'var(--accent)' }
  const pseudo: ChartLine = {
    column: 'pseudoLabelAccuracy', label: 'pseudo-label', meaning: 'share of the assignments that lean towards the true class',
    colour: 'var(--muted)', dash: '2 3',
  }
  const teacher: ChartLine = { column: 'teacherAccuracy', label: 'teacher', colour: 'var(--accent)' }
  const student: ChartLine = { column: 'studentAccuracy', label: 'student', colour: 'var(--line-blue)', dash: '7 3' }
  const lines: Record<MethodName, ChartLine[]> = {
    suave: [test, pseudo], daino: [teacher, student, { ...pseudo, label: 'pseudo' }],
    swav: [test], dino: [teacher, student], paws: [test, pseudo], s4l: [test], supervised: [test],
  }
  return { title: 'Accuracy', lines: lines[method], unit: 'share', room: 'Top' }
}

export function entropyChart(method: MethodName): ChartDescription {
  const one: ChartLine = {
    column: 'assignmentEntropy', label: 'one q', meaning: 'mean entropy of an assignment q',
    colour: 'var(--line-vermilion)',
  }
  const mean: ChartLine = {
    column: 'meanAssignmentEntropy', label: 'mean q', meaning: 'entropy of the mean assignment q',
    colour: 'var(--line-purple)', dash: '7 3',
  }
  const prediction: ChartLine = {
    column: 'meanPredictionEntropy', label: 'mean p', meaning: 'entropy of the mean prediction p',
    colour: 'var(--line-blue)', dash: '2 3',
  }
  return { title: 'Entropy', lines: ASSIGNING.includes(method) ? [one, mean, prediction] : [], unit: 'nats', room: 'Bottom' }
}
