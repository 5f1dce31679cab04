import { PICTURE_BYTES, type PictureSet } from '../data/picture-set'
import { randomStream } from '../data/random'
import { splitPictures } from '../data/split'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import type { TrainingEvent } from './events'
import { train, type RunControls, type TrainingData } from './trainer'

/** For tests: a recipe whose steps take milliseconds. */
export const TINY: Recipe = {
  ...DEFAULT_RECIPE, encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4,
  trainSize: 18, testSize: 6, labelsPerClass: 2, unlabelledBatch: 8, labelledBatch: 4,
  steps: 4, warmup: 0, metricsEvery: 1, evaluateEvery: 100,
}

/** Red, green and blue pictures with a little noise. */
function colours(count: number, seed: number): PictureSet {
  const random = randomStream(seed, 'colours')
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3)
  const pixels = Uint8Array.from({ length: count * PICTURE_BYTES }, (_, i) =>
    (i % 3 === labels[Math.floor(i / PICTURE_BYTES)] ? 150 : 60) + random.below(60))
  return { pixels, labels }
}

export const DATA: TrainingData = {
  classCount: 3,
  split: splitPictures(
    { dataset: 'shapes', classNames: ['red', 'green', 'blue'], train: colours(18, 1), test: colours(6, 2) }, TINY,
  ),
}

/** For tests: nobody looks. */
export const NOTHING = { assignments: 0, snapshot: false, answers: false, lens: false }

export async function eventsOf(changes: Partial<Recipe>, data = DATA, controls?: RunControls): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = []
  for await (const event of train({ ...TINY, ...changes }, data, controls)) events.push(event)
  return events
}

export const lossesOf = (events: TrainingEvent[]) => events.flatMap((event) => (event.type === 'metrics' ? [event.metrics.loss] : []))
