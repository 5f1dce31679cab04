import {
  setBackend, tensor, tidy, util, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { expect } from 'vitest'

// What the tests of tensors share: made-up numbers, values read back, comparisons.

type OfRank<Length> = Length extends 1 ? Tensor1D : Length extends 2 ? Tensor2D : Length extends 3 ? Tensor3D
  : Length extends 4 ? Tensor4D : Tensor

/** Numbers between −1 and 1 without a visible pattern, the same in every run; another `seed` gives others. */
export function madeUp<const Shape extends readonly number[]>(shape: Shape, seed = 1): OfRank<Shape['length']> {
  const values = Float32Array.from({ length: util.sizeFromShape([...shape]) }, (_, i) =>
    Math.sin((0.7 + 0.37 * seed) * (i + 1) ** 1.5))
  return tensor(values, [...shape]) as OfRank<Shape['length']>
}

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
export async function onCpu(backend: 'cpu' | 'wasm', compute: () => Tensor[]): Promise<number[][]> {
  await setBackend('cpu')
  try {
    return await allValuesOf(compute)
  } finally {
    await setBackend(backend)
  }
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
