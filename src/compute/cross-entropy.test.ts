import { add, div, grad, grads, logSoftmax, mul, neg, oneHot, sum, tensor2d, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from './connect-node'
import { crossEntropy } from './cross-entropy'
import { allValuesOf, differences, expectClose, madeUp, valuesOf } from './trial'

describe.each(['cpu', 'wasm'] as const)('cross-entropy on %s', (backend) => {
  beforeAll(() => connectNodeBackend(backend))

  // Rows that sum to one, to two and to nothing in particular.
  const targets = () => tensor2d([[1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5], [0.1, 0, 0.4, 0.9]])

  it('is −Σ t·log softmax(s/τ), row by row', async () => {
    const scores = madeUp([3, 4])
    const expected = await valuesOf(() => neg(sum(mul(targets(), logSoftmax(div(scores, 0.1) as Tensor2D)), 1)))
    expectClose(await valuesOf(() => crossEntropy(scores, targets(), 0.1)), expected, 1e-5)
  })

  it('has the slope of its differences, each row with its own weight', async () => {
    const weighted = (scores: Tensor) => sum(mul(crossEntropy(scores as Tensor2D, targets(), 0.5), madeUp([3], 2)))
    const scores = madeUp([3, 4])
    expectClose(await valuesOf(() => grad(weighted)(scores)), await differences(weighted, scores), 1e-3)
  })

  it('sends no gradient into targets that were made of the scores', async () => {
    const scores = madeUp([2, 3])
    const fixed = madeUp([2, 3], 2)
    const [moving, still] = await allValuesOf(() => [
      grad((s) => sum(crossEntropy(s as Tensor2D, add(mul(s, 0), fixed) as Tensor2D, 0.3)))(scores),
      grad((s) => sum(crossEntropy(s as Tensor2D, fixed, 0.3)))(scores),
    ])
    expectClose(moving!, still!, 1e-6)
    expect(() => grads((s, t) => sum(crossEntropy(s as Tensor2D, t as Tensor2D, 0.3)))([scores, fixed]))
      .toThrow(/gradient/i)
  })

  it('is finite where a hard target has no chance at the smallest temperature', async () => {
    const scores = tensor2d([[1, -1, -1]])
    const hopeless = () => oneHot([2], 3) as Tensor2D
    expect((await valuesOf(() => crossEntropy(scores, hopeless(), 0.02)))[0]).toBeCloseTo(100, 3)
    expectClose(await valuesOf(() => grad((s) => sum(crossEntropy(s as Tensor2D, hopeless(), 0.02)))(scores)), [50, 0, -50], 1e-5)
  })
})
