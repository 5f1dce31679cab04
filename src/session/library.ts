import { chooseClasses, type ChosenSource } from '../data/class-choice'
import type { NamedSource } from '../data/picture-files'
import { DataError, type PictureSource } from '../data/picture-set'
import type { ShapesRequest } from '../data/shapes'
import type { Recipe } from '../recipe/recipe'

/** Where the files of a data set that is not built in come from. */
const ARCHIVES = {
  cifar10: { title: 'CIFAR-10', file: 'cifar-10-binary.tar.gz' },
  cifar100: { title: 'CIFAR-100', file: 'cifar-100-binary.tar.gz' },
} as const

/** Draws the built-in pictures that a recipe asks for. */
export type DrawShapes = (request: ShapesRequest) => PictureSource

/** The sources at hand: the built-in one, and what was dropped, one for each data set. */
export class Library {
  #dropped = new Map<Recipe['dataset'], NamedSource>()
  #drawShapes: DrawShapes
  #shapes: { drawn: string; source: NamedSource } | undefined

  constructor(drawShapes: DrawShapes) {
    this.#drawShapes = drawShapes
  }

  /** Keeps a source for this and later runs, in the place of an earlier one of its data set. */
  keep(source: NamedSource): void {
    this.#dropped.set(source.dataset, source)
  }

  /** @throws DataError when the recipe’s data set was not dropped yet. */
  find(recipe: Recipe): ChosenSource {
    return chooseClasses(this.#sourceFor(recipe), recipe)
  }

  #sourceFor(recipe: Recipe): NamedSource {
    if (recipe.dataset === 'shapes') return this.#shapesFor(recipe)
    const dropped = this.#dropped.get(recipe.dataset)
    if (dropped) return dropped
    if (recipe.dataset === 'own') {
      throw new DataError('Your own pictures are not here yet: choose or drop a folder with one folder for each class, or choose Shapes.')
    }
    const { title, file } = ARCHIVES[recipe.dataset]
    throw new DataError(`${title} is not here yet: drop its archive (${file}) on the page, or choose Shapes.`)
  }

  #shapesFor({ trainSize, testSize, seed, meaning, difficulty }: Recipe): NamedSource {
    const request = { trainSize, testSize, seed, meaning, difficulty }
    const drawn = JSON.stringify(request)
    if (this.#shapes?.drawn === drawn) return this.#shapes.source
    const source = { ...this.#drawShapes(request), name: 'Shapes, drawn by the page' }
    this.#shapes = { drawn, source }
    return source
  }
}
