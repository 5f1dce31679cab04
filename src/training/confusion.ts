import { munkres } from 'munkres'

/** How many pictures of each class each prototype wins. */
export interface Confusion {
  classes: number
  prototypes: number
  /** Row by row, [classes × prototypes]. */
  counts: Int32Array
}

/** The prototype that stands for each class, [classes]; −1 where none does. */
export type Naming = Int32Array

/** Counts winning prototypes against true classes, [pictures] each. */
export function confusionOf(winners: ArrayLike<number>, labels: ArrayLike<number>, classes: number, prototypes: number): Confusion {
  const counts = new Int32Array(classes * prototypes)
  for (let picture = 0; picture < labels.length; picture++) {
    counts[labels[picture]! * prototypes + winners[picture]!]! += 1
  }
  return { classes, prototypes, counts }
}

/** Prototype k is class k, as labels teach it. */
export function identityNaming({ classes, prototypes }: Pick<Confusion, 'classes' | 'prototypes'>): Naming {
  return Int32Array.from({ length: classes }, (_, k) => (k < prototypes ? k : -1))
}

/**
 * The one-to-one naming of prototypes under which most pictures are right (Kuhn, 1955: the Hungarian method). With
 * more prototypes than classes the rest stays nameless, and what it wins is wrong; with fewer, classes stay without.
 */
export function bestNaming({ classes, prototypes, counts }: Confusion): Naming {
  const naming = new Int32Array(classes).fill(-1)
  const costs = Array.from({ length: classes }, (_, k) =>
    Array.from(counts.subarray(k * prototypes, (k + 1) * prototypes), (count) => -count))
  for (const [k, prototype] of munkres(costs)) naming[k] = prototype
  return naming
}

/** Share of all pictures whose class is that of the prototype that wins them. */
export function accuracyUnder(naming: Naming, confusion: Confusion): number {
  const total = confusion.counts.reduce((sum, count) => sum + count, 0)
  return hitsUnder(naming, confusion).reduce((sum, hits) => sum + hits, 0) / total
}

/** The same for the pictures of each class, [classes]; NaN for a class without pictures. */
export function classAccuraciesUnder(naming: Naming, confusion: Confusion): Float32Array {
  const { prototypes, counts } = confusion
  return Float32Array.from(hitsUnder(naming, confusion), (hits, k) =>
    hits / counts.subarray(k * prototypes, (k + 1) * prototypes).reduce((sum, count) => sum + count, 0))
}

function hitsUnder(naming: Naming, { prototypes, counts }: Confusion): number[] {
  return Array.from(naming, (prototype, k) => (prototype < 0 ? 0 : counts[k * prototypes + prototype]!))
}
