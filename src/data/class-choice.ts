import { splitNames } from '../recipe/class-choice'
import { fieldOf, type Recipe } from '../recipe/recipe'
import type { NamedSource } from './picture-files'
import { choosePictures, DataError, type PictureSet } from './picture-set'

/** A source of the classes that a recipe names, which it had among others. */
export type ChosenSource = NamedSource & { choosable: readonly string[] }

const FEWEST_CLASSES = 2
export const MOST_CLASSES = 100

/**
 * The source as a recipe wants it: of CIFAR-100 the fine or the coarse labels, of those the chosen classes, in the
 * source’s own order. Pictures of other classes are left out; pixels are shared.
 * @throws DataError when a class is unknown, or fewer than 2 or more than 100 are chosen.
 */
export function chooseClasses(source: NamedSource, { classes, cifar100Labels }: Pick<Recipe, 'classes' | 'cifar100Labels'>): ChosenSource {
  const labelled = cifar100Labels === 'coarse' && source.dataset === 'cifar100' ? byFamily(source) : source
  const choosable = labelled.classNames
  const wanted = new Set(splitNames(classes))
  const chosen = wanted.size === 0 ? choosable : choosable.filter((name) => wanted.has(name))
  check(labelled, wanted, chosen)
  if (chosen.length === choosable.length) return { ...labelled, choosable }
  const classOf = choosable.map((name) => chosen.indexOf(name))
  return {
    ...labelled,
    choosable,
    classNames: chosen,
    train: ofClasses(labelled.train, classOf),
    ...(labelled.test && { test: ofClasses(labelled.test, classOf) }),
  }
}

function check({ name, classNames }: NamedSource, wanted: ReadonlySet<string>, chosen: readonly string[]): void {
  const control = `“${fieldOf('classes').label}” (--classes)`
  const unknown = [...wanted].find((wish) => !classNames.includes(wish))
  if (unknown !== undefined) {
    const some = classNames.length > 10 ? `${classNames.slice(0, 10).join(', ')}, …` : classNames.join(', ')
    throw new DataError(`${name} has no class “${unknown.slice(0, 40)}”: choose among ${some} by ${control}.`)
  }
  if (chosen.length < FEWEST_CLASSES) {
    throw new DataError(`A run tells at least two classes apart, but only “${chosen[0] ?? ''}” is chosen: add another by ${control}.`)
  }
  if (chosen.length > MOST_CLASSES) {
    throw new DataError(`${name} has ${chosen.length} classes, and a run takes ${MOST_CLASSES} at most: choose some by ${control}.`)
  }
}

/** @param classOf new class of each old one, -1 for those that are left out */
function ofClasses(set: PictureSet, classOf: readonly number[]): PictureSet {
  const positions: number[] = []
  set.labels.forEach((label, position) => {
    if (classOf[label]! >= 0) positions.push(position)
  })
  const chosen = choosePictures(set, positions)
  return { ...chosen, labels: chosen.labels.map((label) => classOf[label]!) }
}

function byFamily(source: NamedSource): NamedSource {
  const { train, test, coarseNames } = source
  if (!coarseNames || !train.coarse || (test && !test.coarse)) {
    throw new DataError(`${source.name} has no coarse labels: choose the fine ones, or the official archive of CIFAR-100.`)
  }
  return {
    ...source,
    classNames: coarseNames,
    train: { ...train, labels: train.coarse },
    ...(test?.coarse && { test: { ...test, labels: test.coarse } }),
  }
}
