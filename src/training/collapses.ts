import type { PictureSource } from '../data/picture-set'
import { splitPictures } from '../data/split'
import type { Changes, Recipe } from '../recipe/recipe'
import type { Metrics } from './events'
import { train } from './trainer'

/** What keeps the clusters of SwAV and DINO apart, and each of it switched off. */
export const SWITCHES: readonly { name: string; changes: Changes }[] = [
  { name: 'SwAV', changes: { method: 'swav' } },
  { name: 'SwAV, Sinkhorn off', changes: { method: 'swav', balancing: 'off' } },
  { name: 'DINO', changes: { method: 'dino' } },
  { name: 'DINO, centring off', changes: { method: 'dino', balancing: 'off' } },
  { name: 'DINO, sharpening off (teacher temperature 1)', changes: { method: 'dino', teacherTemperature: 1, teacherTemperatureStart: 1 } },
]

/** A small network in a short run: nothing keeps it from collapse but the switches. */
export const SHORT: Changes = {
  encoder: 'conv4', prototypes: 30, unlabelledBatch: 64, steps: 150, evaluateEvery: 5_000,
}

/** Signals of collapse, entropies as shares of that of an even spread. */
export interface CollapseSignals {
  /** Of the mean prediction: 1 uses all prototypes alike, 0 a single one. */
  usage: number
  /** Of one prediction, in the mean: 1 says nothing, 0 is sure. */
  prediction: number
  /** Of one target, in the mean. */
  assignment: number
  /** Of the features over their sphere, as the metric of the same name. */
  featureSpread: number
}

/** Trains a recipe and returns the signals of its last step (Fini et al. 2023, §3; Caron et al. 2021, §5.3). */
export async function signalsAtTheEnd(recipe: Recipe, source: PictureSource): Promise<CollapseSignals> {
  let last: Metrics | undefined
  // The last step is read, whatever the rhythm of the others would be.
  for await (const event of train({ ...recipe, metricsEvery: recipe.steps }, { split: splitPictures(source, recipe), classCount: source.classNames.length })) {
    if (event.type === 'metrics') last = event.metrics
  }
  if (!last) throw new Error('A run of one step or more has metrics.')
  const even = Math.log(recipe.prototypes)
  return {
    usage: last.meanPredictionEntropy / even, prediction: last.predictionEntropy / even, assignment: last.assignmentEntropy / even,
    featureSpread: last.featureSpread,
  }
}
