import { add, mul, tidy, type Tensor, type Variable } from '@tensorflow/tfjs-core'
import { ownKernel } from './own-kernel'

/**
 * A kernel that a backend may have: average0, fresh0, average1, …, and the numbers `keep` and `take`
 * (one each for every pair) → the averages, or nothing when they were changed where they are.
 */
export const RUNNING_AVERAGE = 'RunningAverage'

/** A tensor that follows another: average ← keep·average + take·fresh. */
export interface Following {
  average: Variable
  fresh: Tensor
  keep: number
  take: number
}

/** Moves all the averages, in as few passes over the device’s memory as it can. */
export function followAll(pairs: readonly Following[]): void {
  const kernel = ownKernel(RUNNING_AVERAGE)
  tidy(() => {
    if (kernel) assignAll(pairs, kernel(named(pairs), {
      keep: pairs.map(({ keep }) => keep), take: pairs.map(({ take }) => take),
    }))
    else for (const { average, fresh, keep, take } of pairs) average.assign(add(mul(average, keep), mul(fresh, take)))
  })
}

function named(pairs: readonly Following[]): Record<string, Tensor> {
  return Object.fromEntries(pairs.flatMap(({ average, fresh }, i) => [[`average${i}`, average], [`fresh${i}`, fresh]]))
}

function assignAll(pairs: readonly Following[], averages: readonly Tensor[]): void {
  if (averages.length > 0) pairs.forEach(({ average }, i) => average.assign(averages[i]!))
}
