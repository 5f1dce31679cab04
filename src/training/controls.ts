import type { Split } from '../data/split'
import type { Changes } from '../recipe/recipe'
import type { Checkpoint } from './checkpoint'
import type { Watch } from './events'
import type { WarmStart } from './warm-start'

/** What a run learns from. */
export interface TrainingData {
  split: Split
  classCount: number
  /** What was learned before, in place of random first values. */
  warmStart?: WarmStart
}

/**
 * What the run has learned so far, or had when last known to be good; undefined when it never was. To be called
 * between two steps, and for good when the run is over.
 */
export type Save = () => Promise<Checkpoint | undefined>

/** What the owner of a run may ask of it between two steps. */
export interface RunControls {
  /** Live changes since the last call; the coming step obeys them. */
  takeChanges(): Changes
  /** What somebody looks at now. */
  watched(): Watch
  /** Whether the owner keeps what each evaluation answers to the test pictures: it then comes as an event of its own. */
  keepsAnswers?: boolean
  /** Given by an owner who may want to save the run: takes the function that does, before the first step. */
  takeSave?(save: Save): void
}

/** Thrown when training cannot go on; its message is a sentence with cause and cure. */
export class TrainingError extends Error {
  override name = 'TrainingError'
}

/** Controls of an owner who wants nothing. */
export const NOBODY: RunControls = { takeChanges: () => ({}), watched: () => ({ assignments: 0, snapshot: false, answers: false, lens: false }) }
