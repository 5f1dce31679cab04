import type { Rows } from './principal-plane'

/** How far classes stand apart. */
export interface Separation {
  /** Share of the features’ variance that lies between the classes’ means: 0 all mixed, 1 each class one point. */
  betweenClasses: number
  /** The two classes whose means point most alike, and the cosine between them; absent with fewer than two classes. */
  closest?: { classes: [number, number]; cosine: number }
}

/**
 * Splits the variance of features into that between classes and that within them (the correlation ratio η²).
 * @param labels class of each row
 */
export function separationOf({ values, size }: Rows, labels: ArrayLike<number>, classes: number): Separation {
  const count = labels.length
  const sums = new Float64Array(classes * size)
  const members = new Float64Array(classes)
  const mean = new Float64Array(size)
  let squares = 0
  for (let row = 0; row < count; row++) {
    members[labels[row]!]! += 1
    for (let i = 0; i < size; i++) {
      const value = values[row * size + i]!
      sums[labels[row]! * size + i]! += value
      mean[i]! += value / count
      squares += value * value
    }
  }
  const present = [...members.keys()].filter((k) => members[k]! > 0)
  const meanOf = (k: number) => sums.subarray(k * size, (k + 1) * size).map((sum) => sum / members[k]!)
  const means = new Map(present.map((k) => [k, meanOf(k)]))
  const length = sumOf(mean, (value) => value * value)
  const total = squares - count * length
  const between = present.reduce((sum, k) => sum + members[k]! * sumOf(means.get(k)!, (value, i) => (value - mean[i]!) ** 2), 0)
  return { betweenClasses: total > 1e-9 * squares ? between / total : 0, closest: closestOf(means) }
}

function closestOf(means: ReadonlyMap<number, Float64Array>): Separation['closest'] {
  const all = [...means]
  let closest: Separation['closest']
  for (const [at, [one, a]] of all.entries()) {
    for (const [other, b] of all.slice(at + 1)) {
      const cosine = sumOf(a, (value, i) => value * b[i]!) / Math.sqrt(sumOf(a, (value) => value ** 2) * sumOf(b, (value) => value ** 2))
      if (!closest || cosine > closest.cosine) closest = { classes: [one, other], cosine }
    }
  }
  return closest
}

function sumOf(values: Float64Array, term: (value: number, index: number) => number): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += term(values[i]!, i)
  return sum
}
