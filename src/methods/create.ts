import { RecipeError, type Recipe } from '../recipe/recipe'
import { createClustering } from './clustering'
import type { Method } from './method'
import { createSupervised } from './supervised'

/** Prototypes of a run: one for each class and the spare ones, or, where no label names them, as many as the recipe says. */
export function prototypeCountOf({ method, sparePrototypes, prototypes }: Recipe, classCount: number): number {
  switch (method) {
    case 'suave':
    case 'daino':
      return classCount + sparePrototypes
    case 'swav':
    case 'dino':
      return prototypes
    default:
      return classCount
  }
}

/** The method that the recipe names. */
export function createMethod(recipe: Recipe, prototypeCount: number): Method {
  switch (recipe.method) {
    case 'suave':
    case 'daino':
      return createClustering(recipe.method, recipe, prototypeCount)
    case 'supervised':
      return createSupervised()
    default:
      throw new RecipeError(`The method ${recipe.method} cannot be trained yet; choose suave, daino or supervised.`)
  }
}
