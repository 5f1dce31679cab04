import { splitNames } from '../recipe/class-choice'
import type { Recipe } from '../recipe/recipe'
import type { NamedSource } from './picture-files'
import type { PictureSource } from './picture-set'
import type { ShapesRequest } from './shapes'

/** Draws the built-in pictures that are asked for. */
export type DrawShapes = (request: ShapesRequest) => PictureSource

/** Every meaning of Shapes has so many classes. */
const SHAPE_CLASSES = 10

/** What has to be drawn for a recipe: of all classes, in turn, so many that the chosen ones have their share. */
export function shapesRequestOf({ trainSize, testSize, classes, seed, meaning, difficulty }: Recipe): ShapesRequest {
  const chosen = new Set(splitNames(classes)).size
  const drawn = (size: number) => (chosen > 0 ? SHAPE_CLASSES * Math.ceil(size / chosen) : size)
  return { trainSize: drawn(trainSize), testSize: drawn(testSize), seed, meaning, difficulty }
}

/** The built-in pictures of a recipe. */
export function drawnShapes(recipe: Recipe, draw: DrawShapes): NamedSource {
  return { ...draw(shapesRequestOf(recipe)), name: 'Shapes, drawn by the page' }
}
