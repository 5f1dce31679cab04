import { splitNames } from '../recipe/class-choice'
import type { Recipe } from '../recipe/recipe'
import type { NamedSource } from './picture-files'
import type { PictureSource } from './picture-set'

/** Draws as many built-in pictures as are asked for, from a seed. */
export type DrawShapes = (trainCount: number, testCount: number, seed: number) => PictureSource

/** Every meaning of Shapes has so many classes. */
const SHAPE_CLASSES = 10

/** So many pictures have to be drawn of all classes, in turn, for a recipe to have its share of the chosen ones. */
export function sizesToDraw({ trainSize, testSize, classes }: Pick<Recipe, 'trainSize' | 'testSize' | 'classes'>) {
  const chosen = splitNames(classes).length
  const drawn = (size: number) => (chosen > 0 ? SHAPE_CLASSES * Math.ceil(size / chosen) : size)
  return { trainSize: drawn(trainSize), testSize: drawn(testSize) }
}

/** The built-in pictures of a recipe. */
export function drawnShapes(recipe: Recipe, draw: DrawShapes): NamedSource {
  const { trainSize, testSize } = sizesToDraw(recipe)
  return { ...draw(trainSize, testSize, recipe.seed), name: 'Shapes, drawn by the page' }
}
