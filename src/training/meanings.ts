import { drawShapes, shapesSource, type Meaning } from '../data/shapes'
import { splitPictures } from '../data/split'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { accuracyUnder, bestNaming, confusionOf } from './confusion'
import type { Snapshot } from './events'
import { chooseGallery } from './gallery'
import { train } from './trainer'

const CLASSES = 10

/** Shapes on which a small network sees one meaning before the other: mild crops leave outlines whole, so the form is easier. */
export const EASY_FORM: Recipe = {
  ...DEFAULT_RECIPE, meaning: 'texture', labelsPerClass: 4, trainSize: 1_000, testSize: 100,
  encoder: 'conv4', width: 8, projectorWidth: 64, featureSize: 32, prototypes: CLASSES,
  cropMinimum: 0.8, labelledCropMinimum: 0.8, unlabelledBatch: 64, labelledBatch: 32,
  learningRate: 0.2, warmup: 10, steps: 200, metricsEvery: 100, evaluateEvery: 1_000,
}

/**
 * Trains a recipe on Shapes and compares its prototypes with both of their meanings, whichever the labels name: the share
 * of training pictures whose best prototype is that of their form, or of their texture, under the one-to-one naming of
 * prototypes that fits best. Guessing gives little more than a tenth.
 */
export async function agreementWithMeanings(recipe: Recipe): Promise<Record<Meaning, number>> {
  const split = splitPictures(shapesSource(recipe), recipe)
  const { scores, prototypes } = await lastSnapshot(recipe, split)
  const winners = Array.from({ length: scores.length / prototypes }, (_, row) => {
    const own = scores.subarray(row * prototypes, (row + 1) * prototypes)
    return own.indexOf(Math.max(...own))
  })
  const pictures = Array.from(chooseGallery(split, recipe.seed).train, (position) => split.pool.origins[position]!)
  const agreementWith = (meaning: Meaning) => {
    const { labels } = drawShapes(recipe.trainSize, { ...recipe, meaning })
    const confusion = confusionOf(winners, pictures.map((picture) => labels[picture]!), CLASSES, prototypes)
    return accuracyUnder(bestNaming(confusion), confusion)
  }
  return { form: agreementWith('form'), texture: agreementWith('texture') }
}

async function lastSnapshot(recipe: Recipe, split: ReturnType<typeof splitPictures>): Promise<Snapshot> {
  let isOver = false
  const controls = { takeChanges: () => ({}), watched: () => ({ assignments: 0, snapshot: isOver, answers: false, lens: false }) }
  for await (const event of train(recipe, { split, classCount: CLASSES }, controls)) {
    isOver ||= event.type === 'finished'
    if (event.type === 'snapshot') return event.snapshot
  }
  throw new Error('A run ends with a snapshot where one is watched for.')
}
