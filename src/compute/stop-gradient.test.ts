import { add, grad, mul, square, sum, type Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from './connect-node'
import { stopGradient } from './stop-gradient'
import { expectClose, madeUp, valuesOf } from './trial'

beforeAll(() => connectNodeBackend('cpu'))

it('gives the value and lets no gradient through', async () => {
  const x = madeUp([4])
  const values = await valuesOf(() => x.clone())
  expect(await valuesOf(() => stopGradient(() => square(x)))).toEqual(await valuesOf(() => square(x)))
  // d/dx Σ (x·stop(x²) + 3x) = stop(x²) + 3
  const slope = await valuesOf(() =>
    grad((y: Tensor) => sum(add(mul(y, stopGradient(() => square(y))), mul(y, 3))))(x))
  expectClose(slope, values.map((value) => value ** 2 + 3), 1e-6)
})
