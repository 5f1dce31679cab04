import type { Recipe } from '../recipe/recipe'
import type { PictureSource } from './picture-set'

type Sizes = Pick<Recipe, 'trainSize' | 'testSize' | 'labelsPerClass'>
/** Of a class without a test part of its own, at most this share is held out. */
const HELD_OUT = 0.2

/** The sizes of a recipe, lowered where a source has fewer pictures: of each class as many as the rarest has. */
export function fitSizes({ train, test, classNames }: PictureSource, wished: Sizes): Sizes {
  const counts = classNames.map(() => 0)
  for (const label of train.labels) counts[label]!++
  const classes = counts.length
  const fewest = Math.min(...counts)
  const heldOut = test ? 0 : Math.min(Math.ceil(wished.testSize / classes), Math.max(1, Math.floor(HELD_OUT * fewest)))
  const perClass = fewest - heldOut
  return {
    trainSize: Math.min(wished.trainSize, perClass * classes),
    testSize: test ? wished.testSize : Math.min(wished.testSize, heldOut * classes),
    labelsPerClass: Math.min(wished.labelsPerClass, Math.max(1, Math.min(perClass, Math.floor(wished.trainSize / classes)))),
  }
}
