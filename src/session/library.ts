import { CIFAR_TITLES, type CifarName } from '../data/cifar'
import { chooseClasses, type ChosenSource } from '../data/class-choice'
import { drawnShapes, shapesRequestOf, type DrawShapes } from '../data/drawn-shapes'
import { RemoteCifar } from '../data/hugging-face'
import type { NamedSource } from '../data/picture-files'
import { DataError } from '../data/picture-set'
import type { Recipe } from '../recipe/recipe'
import type { KeptDataset, Shelf } from './shelf'

const ARCHIVES: Record<CifarName, string> = { cifar10: 'cifar-10-binary.tar.gz', cifar100: 'cifar-100-binary.tar.gz' }
/** The sources at hand: the built-in one, and one for each data set that was dropped, fetched or kept from an earlier visit. */
export class Library {
  #here = new Map<Recipe['dataset'], NamedSource | RemoteCifar>()
  #drawShapes: DrawShapes
  #shelf: Shelf
  #shapes: { drawn: string; source: NamedSource } | undefined

  constructor(drawShapes: DrawShapes, shelf: Shelf) {
    this.#drawShapes = drawShapes
    this.#shelf = shelf
  }

  /** Uses a source for this and later runs, in the place of an earlier one of its data set. */
  keep(source: NamedSource): void {
    this.#here.set(source.dataset, source)
  }

  forget(dataset: KeptDataset): void {
    this.#here.delete(dataset)
  }

  /** Brings back what an earlier visit kept, unless the data set is here. @throws DataError when it is damaged */
  async reopen(dataset: Recipe['dataset']): Promise<void> {
    if (dataset === 'shapes' || this.#here.has(dataset)) return
    const kept = await this.#shelf.open(dataset)
    if (!kept || this.#here.has(dataset)) return
    const { remote, ...source } = kept
    this.#here.set(dataset, remote && dataset !== 'own' ? new RemoteCifar(dataset, { ...source, progress: remote }) : source)
  }

  /** The set that comes from Hugging Face, begun if need be; undefined where another source is here in its place. */
  remote(dataset: CifarName): RemoteCifar | undefined {
    const here = this.#here.get(dataset) ?? new RemoteCifar(dataset)
    this.#here.set(dataset, here)
    return here instanceof RemoteCifar ? here : undefined
  }

  /** @throws DataError when the recipe’s data set is not here, or not enough of it, or has not the recipe’s classes. */
  find(recipe: Recipe): ChosenSource {
    return chooseClasses(this.#sourceFor(recipe), recipe)
  }

  /** Training pictures that a run can have while more are on their way. */
  usable(recipe: Recipe): number | undefined {
    const here = this.#here.get(recipe.dataset)
    return here instanceof RemoteCifar ? here.usable(recipe) : undefined
  }

  /** The recipe’s choice of classes, or all where the source has not all of them. @throws DataError when the pictures are not here */
  ownClasses(recipe: Recipe): Pick<Recipe, 'classes'> {
    const source = this.#sourceFor(recipe)
    try {
      chooseClasses(source, recipe)
      return { classes: recipe.classes }
    } catch {
      return { classes: '' }
    }
  }

  #sourceFor(recipe: Recipe): NamedSource {
    if (recipe.dataset === 'shapes') return this.#shapesFor(recipe)
    const here = this.#here.get(recipe.dataset)
    if (!here) throw new DataError(notHere(recipe.dataset))
    if (!(here instanceof RemoteCifar)) return here
    const { train } = here.counts
    if (train === 0 || here.counts.test === 0) throw new DataError(notHere(here.dataset))
    if (!here.has(recipe)) {
      throw new DataError(
        `${train.toLocaleString('en-GB')} training pictures of ${CIFAR_TITLES[here.dataset]} are here so far, too few for this recipe: `
        + 'get the rest by the button under “Pictures”, or lower “Training pictures”.',
      )
    }
    return here.sourceFor(recipe)
  }

  #shapesFor(recipe: Recipe): NamedSource {
    const request = shapesRequestOf(recipe)
    const drawn = JSON.stringify(request)
    if (this.#shapes?.drawn === drawn) return this.#shapes.source
    const source = drawnShapes(recipe, this.#drawShapes)
    this.#shapes = { drawn, source }
    return source
  }
}

function notHere(dataset: KeptDataset): string {
  return dataset === 'own'
    ? 'Your own pictures are not here yet: choose or drop a folder with one folder for each class, or a zip of that, or choose Shapes.'
    : `${CIFAR_TITLES[dataset]} is not here yet: drop its archive (${ARCHIVES[dataset]}) on the page, get it from Hugging Face by the button, or choose Shapes.`
}
