import { createHash } from 'node:crypto'
import type { NodeBackend } from '../compute/connect-node'
import { labelsNamePrototypes } from '../recipe/naming'
import { parseRecipe, RecipeError, type Recipe } from '../recipe/recipe'
import { valueOf } from './flags'

/** One run of a comparison. */
export interface Cell {
  recipe: Recipe
  data?: string
  test?: string
  backend: NodeBackend
}

export interface GridRequest {
  /** Names with commas between them. */
  methods: string
  /** Labels per class, with commas between them. */
  labels: string
  /** How many seeds, from the recipe’s on. */
  seeds: string
}

/**
 * The runs of a comparison: every method with every number of labels from every seed; all else is the recipe’s. Methods
 * that see no label run once for all numbers.
 * @throws RecipeError naming the value that cannot be
 */
export function gridOf({ methods, labels, seeds }: GridRequest, recipe: Recipe, place: Omit<Cell, 'recipe'>): Cell[] {
  const seedCount = seeds.trim() === '' ? NaN : Number(seeds)
  if (!Number.isInteger(seedCount) || seedCount < 1 || seedCount > 100) {
    throw new RecipeError(`--seeds cannot be “${seeds}”; give how many, a whole number from 1 to 100.`)
  }
  const counts = parts(labels).map((count) => parseRecipe({ labelsPerClass: valueOf('labelsPerClass', count) }, recipe).labelsPerClass)
  const countsFor = (method: string) => (labelsNamePrototypes(method) ? counts : counts.slice(0, 1))
  return parts(methods).flatMap((method) => countsFor(method).flatMap((labelsPerClass) =>
    Array.from({ length: seedCount }, (_, i) => ({
      ...place,
      recipe: parseRecipe({ method, labelsPerClass, seed: recipe.seed + i }, recipe),
    }))))
}

/** A name for a cell’s file: readable, and another one for whatever else it would depend on. */
export function fileNameOf(cell: Cell): string {
  const { method, labelsPerClass, seed } = cell.recipe
  const identity = JSON.stringify([Object.entries(cell.recipe).sort(), cell.data ?? null, cell.test ?? null, cell.backend])
  const digest = createHash('sha256').update(identity).digest('hex').slice(0, 10)
  return `${method}-${labelsPerClass}-labels-seed-${seed}-${digest}.json`
}

export function nameOf({ recipe: { method, labelsPerClass, seed } }: Cell): string {
  return `${method}, ${labelsPerClass} ${labelsPerClass === 1 ? 'label' : 'labels'}, seed ${seed}`
}

function parts(list: string): string[] {
  return [...new Set(list.split(',').map((part) => part.trim()))]
}
