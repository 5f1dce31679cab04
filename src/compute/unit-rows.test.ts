import { grad, mul, sum, tensor2d, type Scalar, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from './connect-node'
import { differences, expectClose, madeUp, valuesOf } from './trial'
import { unitRows } from './unit-rows'

describe.each(['cpu', 'wasm'] as const)('rows of length one on %s', (backend) => {
  beforeAll(() => connectNodeBackend(backend))

  const product = (x: unknown) => sum(mul(unitRows(x as Tensor2D), madeUp([3, 4], 2))) as Scalar

  it('keep their direction, even a very short one, as the weights of a last layer of fixed length do', async () => {
    expectClose(await valuesOf(() => unitRows(tensor2d([[3, 4], [1, 0], [1e-8, 0]]))), [0.6, 0.8, 1, 0, 1, 0], 1e-6)
  })

  it('have the slope of their differences', async () => {
    const x = madeUp([3, 4])
    expectClose(await valuesOf(() => grad(product)(x)), await differences(product, x), 1e-3)
  })

  it('of zeros stay zeros, and their gradient is a number', async () => {
    const zero = tensor2d([[0, 0, 0, 0], [1, 2, 3, 4], [0, 0, 0, 0]])
    expect((await valuesOf(() => unitRows(zero))).slice(0, 4)).toEqual([0, 0, 0, 0])
    expect((await valuesOf(() => grad(product)(zero))).every(Number.isFinite)).toBe(true)
  })
})
