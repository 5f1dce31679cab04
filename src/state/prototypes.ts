import type { Snapshot } from './pictures'

/** As many pictures of one true class. */
export interface ClassCount {
  label: number
  count: number
}

/** What the pictures of a gallery tell of one prototype. */
export interface Prototype {
  index: number
  /** The pictures that it wins, the nearest first: indices into the gallery. */
  members: readonly number[]
  /** Its share of all pictures. */
  usage: number
  /** Mean, over its members, of the largest entry of softmax(s/τ): 1 when the student is sure of them; NaN without members. */
  sharpness: number
  /** True classes of its members, the most frequent first. */
  classes: readonly ClassCount[]
}

/** Scores that are read between two chances to do something else. */
const PORTION = 100_000

/**
 * Gives each picture to the prototype of its largest score, and tells what that makes of the prototypes. A picture whose
 * scores are no numbers belongs to none. It yields every now and then: with thousands of prototypes it takes long.
 * @param labels true classes of the gallery’s pictures
 */
export function* survey(
  { scores, prototypes, recipe }: Pick<Snapshot, 'scores' | 'prototypes'> & { recipe: Pick<Snapshot['recipe'], 'temperature'> },
  labels: ArrayLike<number>,
): Generator<undefined, Prototype[]> {
  const members = Array.from({ length: prototypes }, (): number[] => [])
  const certainties = new Float64Array(prototypes)
  const rows = Math.ceil(PORTION / prototypes)
  for (let picture = 0; picture < labels.length; picture++) {
    if (picture % rows === rows - 1) yield
    const row = scores.subarray(picture * prototypes, (picture + 1) * prototypes)
    const winner = largestOf(row)
    if (winner === undefined) continue
    members[winner]!.push(picture)
    certainties[winner]! += certainty(row, row[winner]!, recipe.temperature)
  }
  const nearness = (index: number) => (picture: number) => scores[picture * prototypes + index]!
  return members.map((own, index) => ({
    index,
    members: nearestFirst(own, nearness(index)),
    usage: own.length / labels.length,
    sharpness: certainties[index]! / own.length,
    classes: classesOf(own, labels),
  }))
}

/** The gallery’s pictures of the largest cosine with a prototype, the nearest first, whoever wins them. */
export function nearestTo({ scores, prototypes }: Pick<Snapshot, 'scores' | 'prototypes'>, index: number, count: number): number[] {
  const nearness = (picture: number) => scores[picture * prototypes + index]!
  const nearest: number[] = []
  for (let picture = 0; picture < scores.length / prototypes; picture++) {
    const own = nearness(picture)
    let at = nearest.length
    while (at > 0 && own > nearness(nearest[at - 1]!)) at--
    if (at === count || Number.isNaN(own)) continue
    nearest.splice(at, 0, picture)
    if (nearest.length > count) nearest.pop()
  }
  return nearest
}

/** The prototype that wins each picture, [pictures]; −1 where none does. */
export function winnersOf(prototypes: readonly Prototype[], pictures: number): Int32Array {
  const winners = new Int32Array(pictures).fill(-1)
  for (const { index, members } of prototypes) for (const picture of members) winners[picture] = index
  return winners
}

/** Share of a prototype’s members that have its most frequent class; NaN without members. */
export function purityOf({ members, classes }: Prototype): number {
  return (classes[0]?.count ?? NaN) / members.length
}

export const PROTOTYPE_ORDERS = [
  { value: 'number', label: 'by number' },
  { value: 'usage', label: 'most used first' },
  { value: 'sharpness', label: 'sharpest first' },
  { value: 'purity', label: 'purest first' },
] as const
export type PrototypeOrder = (typeof PROTOTYPE_ORDERS)[number]['value']

/** Prototypes in an order; those without members come last, save by number. */
export function orderPrototypes(prototypes: readonly Prototype[], order: PrototypeOrder): Prototype[] {
  if (order === 'number') return [...prototypes]
  const key = (prototype: Prototype) => {
    if (prototype.members.length === 0) return -1
    return order === 'purity' ? purityOf(prototype) : prototype[order]
  }
  return prototypes.toSorted((a, b) => key(b) - key(a) || a.index - b.index)
}

/** The prototypes of a look, taken together. */
export interface Summary {
  /** Prototypes with members. */
  used: number
  /** Share of the pictures that have the most frequent class of their prototype. */
  purity: number
  /** Share of the pictures that have the class of their prototype’s number. */
  named: number
  /** Mean, over the pictures, of the largest entry of softmax(s/τ). */
  sharpness: number
}

export function summarise(prototypes: readonly Prototype[]): Summary {
  const used = prototypes.filter(({ members }) => members.length > 0)
  const total = (amount: (prototype: Prototype) => number) => used.reduce((sum, prototype) => sum + amount(prototype), 0)
  const pictures = total(({ members }) => members.length)
  return {
    used: used.length,
    purity: total(({ classes }) => classes[0]!.count) / pictures,
    named: total(({ index, classes }) => classes.find(({ label }) => label === index)?.count ?? 0) / pictures,
    sharpness: total(({ sharpness, members }) => sharpness * members.length) / pictures,
  }
}

function largestOf(row: Float32Array): number | undefined {
  let largest = -Infinity
  let at: number | undefined
  for (let k = 0; k < row.length; k++) {
    if (row[k]! > largest) {
      largest = row[k]!
      at = k
    }
  }
  return at
}

/** The largest entry of softmax(row/temperature). */
function certainty(row: Float32Array, largest: number, temperature: number): number {
  let sum = 0
  for (let k = 0; k < row.length; k++) sum += Math.exp((row[k]! - largest) / temperature)
  return 1 / sum
}

function nearestFirst(pictures: readonly number[], nearness: (picture: number) => number): number[] {
  return pictures.toSorted((a, b) => nearness(b) - nearness(a) || a - b)
}

function classesOf(pictures: readonly number[], labels: ArrayLike<number>): ClassCount[] {
  const counts = new Map<number, number>()
  for (const picture of pictures) counts.set(labels[picture]!, (counts.get(labels[picture]!) ?? 0) + 1)
  return Array.from(counts, ([label, count]) => ({ label, count })).sort((a, b) => b.count - a.count || a.label - b.label)
}
