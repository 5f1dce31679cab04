import { fieldOf, type Recipe } from '../recipe/recipe'
import type { WorkerEvent } from '../session/protocol'
import type { Run } from './run'

export interface Notice {
  id: number
  message: string
}

export interface Notices {
  /** Sentences on the banner, oldest first, until they are dismissed. */
  list: readonly Notice[]
  /** What a screen reader hears next. */
  announcement: string
}

export const NO_NOTICES: Notices = { list: [], announcement: '' }
/** More sentences than this push the page away: the oldest go. */
const MOST_NOTICES = 3

/** Adds a sentence to the banner and says it; one that is already there is not repeated. */
export function addNotice(notices: Notices, message: string): Notices {
  const id = (notices.list.at(-1)?.id ?? 0) + 1
  const others = notices.list.filter((notice) => notice.message !== message)
  return { list: [...others, { id, message }].slice(-MOST_NOTICES), announcement: message }
}

/** The banner without a sentence that is true no more. */
export function withoutNotice(notices: Notices, message: string | undefined): Notices {
  return { ...notices, list: notices.list.filter((notice) => notice.message !== message) }
}

export function foldNotices(notices: Notices, event: WorkerEvent): Notices {
  if (event.kind === 'checkpoint') return { ...notices, announcement: `Saved as ${event.name}.` }
  return event.kind === 'error' || event.kind === 'note' ? addNotice(notices, event.message) : notices
}

/** The sentence for a change of status or a single step, or nothing when there is nothing new to say. */
export function statusSentence(before: Run, after: Run, event: WorkerEvent): string | undefined {
  // The page goes back to a former run, for a reason that was just said.
  if (after.runId !== before.runId) return undefined
  const stepped = event.kind === 'status' && after.status === 'paused'
  if (after.status === before.status && !stepped) return undefined
  switch (after.status) {
    case 'idle':
      return 'Ready.'
    case 'preparing':
      return 'Preparing the run.'
    case 'running':
      return after.recipe ? `Training ${nameOf(after.recipe, 'method')} on ${nameOf(after.recipe, 'dataset')}.` : 'Training.'
    case 'paused':
      return `Paused at step ${after.step}.`
    case 'finished': {
      const accuracy = after.evaluation?.testAccuracy
      const result = accuracy === undefined ? '' : ` ${(accuracy * 100).toFixed(1)} % of the test pictures are right.`
      return `Finished after ${after.step} steps.${result}`
    }
  }
}

function nameOf(recipe: Recipe, name: 'method' | 'dataset'): string {
  const field = fieldOf(name)
  const option = field.kind === 'choice' ? field.options.find(({ value }) => value === recipe[name]) : undefined
  return option?.label ?? recipe[name]
}
