import { pictureCount } from '../data/picture-set'
import type { Split } from '../data/split'
import { labelsNamePrototypes } from '../recipe/naming'
import { fieldOf, isUsedBy, RecipeError, type Recipe } from '../recipe/recipe'

/**
 * Whether a recipe can learn from these pictures.
 * @throws RecipeError with cause and cure
 */
export function checkPictures(recipe: Recipe, { train, labelled, taught }: Split, classCount: number): void {
  const { method, unlabelledBatch } = recipe
  const needsLabels = labelsNamePrototypes(method)
  if (needsLabels && labelled.length < classCount) {
    throw new RecipeError(
      `${labelled.length} labelled pictures are too few for ${classCount} classes: `
      + 'give each class a label, or choose SwAV or DINO, which need none.',
    )
  }
  const voteless = classCount - new Set(labelled.map((picture) => taught[picture]!)).size
  if (method === 'paws' && voteless > 0) {
    throw new RecipeError(
      `PAWS lets as many labelled pictures of each class vote, but ${voteless} of ${classCount} classes have none: `
      + 'give each class a label, or choose Suave or Daino.',
    )
  }
  const pictures = pictureCount(train)
  if (isUsedBy('unlabelledBatch', method) && unlabelledBatch > pictures) {
    throw new RecipeError(
      `A batch of ${unlabelledBatch} unlabelled pictures is larger than the ${pictures} training pictures: `
      + `lower “${fieldOf('unlabelledBatch').label}” to ${pictures} or raise “${fieldOf('trainSize').label}”.`,
    )
  }
}
