import { setBackend, tensor, tensor2d, tidy, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { expect } from 'vitest'
import type { BackendName } from './report'

export { madeUp } from './made-up'

// What the tests of tensors share: made-up numbers, values read back, comparisons.

/** The numbers of what `compute` gives; every tensor on the way is freed. */
export async function valuesOf(compute: () => Tensor): Promise<number[]> {
  return (await allValuesOf(() => [compute()]))[0]!
}

/** The same for several tensors at once. */
export async function allValuesOf(compute: () => Tensor[]): Promise<number[][]> {
  const results = tidy(compute)
  const values = await Promise.all(results.map(async (result) => [...await result.data()]))
  for (const result of results) result.dispose()
  return values
}

/** What `compute` gives on tfjs’s CPU backend; the backend that was set is set again. */
export async function onCpu(backend: BackendName, compute: () => Tensor[]): Promise<number[][]> {
  await setBackend('cpu')
  try {
    return await allValuesOf(compute)
  } finally {
    await setBackend(backend)
  }
}

/** The references’ own made-up numbers, row by row: mulberry32 of a seed, stretched to [−1, 1). */
export function referenceNumbers(rows: number, columns: number, seed: number): Tensor2D {
  let state = seed
  return tensor2d(Float32Array.from({ length: rows * columns }, () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return 2 * (((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) - 1
  }), [rows, columns])
}

/** Fails unless every number is within `tolerance` of the expected one, as a share of the largest (or of 1). */
export function expectClose(got: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(got.length).toBe(expected.length)
  const wanted = Array.from(expected)
  const scale = wanted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
  const worst = wanted.reduce((most, value, i) => {
    const error = Math.abs(value - got[i]!)
    return Number.isNaN(error) ? Infinity : Math.max(most, error)
  }, 0)
  expect(worst / scale).toBeLessThanOrEqual(tolerance)
}

/** Central differences of a scalar function in each of its numbers. */
export async function differences(f: (x: Tensor) => Tensor, x: Tensor, h = 1e-2): Promise<number[]> {
  const values = await x.data()
  const at = async (i: number, shift: number) => {
    const moved = values.slice()
    moved[i]! += shift
    return (await valuesOf(() => f(tensor(moved, x.shape))))[0]!
  }
  const slopes: number[] = []
  for (let i = 0; i < values.length; i++) slopes.push((await at(i, h) - await at(i, -h)) / (2 * h))
  return slopes
}
