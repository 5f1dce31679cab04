import type { Recipe } from '../recipe/recipe'
import { createClustering } from './clustering'
import type { Method } from './method'
import { createPaws } from './paws'
import { createS4l } from './s4l'
import { createSupervised } from './supervised'

/** The method that the recipe names. */
export function createMethod(recipe: Recipe, prototypeCount: number): Method {
  switch (recipe.method) {
    case 'suave':
    case 'daino':
    case 'swav':
    case 'dino':
      return createClustering(recipe.method, recipe, prototypeCount)
    case 'paws':
      return createPaws()
    case 's4l':
      return createS4l(recipe)
    case 'supervised':
      return createSupervised()
  }
}

/** Prototypes of a run: one for each class and the spare ones; where no label names them, as many as the recipe says. */
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
