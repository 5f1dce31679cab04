import type { LabelPool } from '../data/labels'
import { randomStream } from '../data/random'

/** How the model scores some of the training pictures. */
export interface PictureScores {
  /** Positions of the pictures in the training part. */
  positions: Int32Array
  prototypes: number
  /** Cosines with the prototypes, [positions, prototypes]. */
  scores: Float32Array
  /** Whether prototype k is class k; else prototypes are clusters without a name. */
  named: boolean
}

/** The orders in which a label budget may be spent. Those of the model want its scores, the last one named prototypes too. */
export const PICTURE_ORDERS = [
  { value: 'random', label: 'at random' },
  { value: 'class', label: 'by class' },
  { value: 'labelled', label: 'labelled first' },
  { value: 'near', label: 'nearest to a prototype', ofModel: true },
  { value: 'uncertain', label: 'most uncertain first', ofModel: true },
  { value: 'wrong', label: 'wrongest first', ofModel: true, ofNamed: true },
] as const satisfies readonly { value: string; label: string; ofModel?: boolean; ofNamed?: boolean }[]
export type PictureOrder = (typeof PICTURE_ORDERS)[number]['value']

export interface OrderRequest {
  order: PictureOrder
  /** Pictures of this class alone. */
  only?: number
  /** Of the order at random. */
  seed: number
  /** To which pictures are near. */
  prototype: number
}

/** Whether there is such an order at present. */
export function isOrderOpen(order: (typeof PICTURE_ORDERS)[number], scores: PictureScores | undefined): boolean {
  if ('ofNamed' in order) return scores?.named === true
  return !('ofModel' in order) || scores !== undefined
}

/** Positions of training pictures in the order that is asked for. An order of the model leaves out what it has not scored. */
export function orderPictures(
  pool: LabelPool, labelled: ReadonlySet<number>, { order, only, seed, prototype }: OrderRequest, scores?: PictureScores,
): number[] {
  const wanted = (position: number) => only === undefined || pool.classes[position] === only
  switch (order) {
    case 'random': return Array.from(randomStream(seed, 'label budget').permutation(pool.classes.length)).filter(wanted)
    case 'class': return ranked(pool, (position) => pool.classes[position]!).filter(wanted)
    case 'labelled': return ranked(pool, (position) => (labelled.has(position) ? 0 : 1)).filter(wanted)
    case 'near': return scored(scores, (row) => -row[Math.min(prototype, row.length - 1)]!).filter(wanted)
    case 'uncertain': return scored(scores, margin).filter(wanted)
    case 'wrong': return scored(scores?.named ? scores : undefined, (row, position) => row[pool.classes[position]!]! - row[bestOf(row)]!).filter(wanted)
  }
}

/** The prototype of the highest score of each picture that was scored. */
export function predictionsOf({ positions, prototypes, scores }: PictureScores): Map<number, number> {
  return new Map(Array.from(positions, (position, row) => {
    const own = scores.subarray(row * prototypes, (row + 1) * prototypes)
    return [position, bestOf(own)]
  }))
}

/** All positions, those of a smaller key first and those of the same key as they lie. */
function ranked({ classes }: LabelPool, key: (position: number) => number): number[] {
  const buckets: number[][] = []
  for (let position = 0; position < classes.length; position++) (buckets[key(position)] ??= []).push(position)
  return buckets.flat()
}

function scored(all: PictureScores | undefined, key: (row: Float32Array, position: number) => number): number[] {
  if (!all) return []
  const { positions, prototypes, scores } = all
  return Array.from(positions, (position, row) => ({
    position, key: key(scores.subarray(row * prototypes, (row + 1) * prototypes), position),
  })).sort((a, b) => a.key - b.key).map(({ position }) => position)
}

/** The prototype of the highest score, the first of equal ones. */
function bestOf(row: Float32Array): number {
  let best = 0
  for (let prototype = 1; prototype < row.length; prototype++) if (row[prototype]! > row[best]!) best = prototype
  return best
}

/** How far the best score is ahead of the second: a small lead is an uncertain prediction. */
function margin(row: Float32Array): number {
  const best = bestOf(row)
  let second = row.length < 2 ? 0 : -Infinity
  for (let prototype = 0; prototype < row.length; prototype++) {
    if (prototype !== best && row[prototype]! > second) second = row[prototype]!
  }
  return (row[best] ?? 0) - second
}
