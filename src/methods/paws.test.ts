import {
  concat, div, grads, log, mul, oneHot, stack, sum, tensor1d, tensor2d, unstack, type Tensor, type Tensor2D,
} from '@tensorflow/tfjs-core'
import { beforeAll, describe, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { allValuesOf, differences, expectClose, madeUp, valuesOf } from '../compute/trial'
import vectors from './fixtures/paws.json'
import { smoothed } from './losses'
import { pawsLoss, sharpened, softNeighbours } from './paws'

beforeAll(() => connectNodeBackend('cpu'))

const labelsOf = (smoothing: number) => smoothed(oneHot(tensor1d(vectors.labels, 'int32'), 3) as Tensor2D, smoothing)

function lossesOf(views: Tensor, supports: Tensor, smoothing: number, meanEntropyWeight = 1) {
  const { temperature, sharpening } = vectors
  return pawsLoss(
    { views: unstack(views) as Tensor2D[], supports: supports as Tensor2D, supportLabels: labelsOf(smoothing) },
    { temperature, sharpening, meanEntropyWeight },
  )
}

describe.each(vectors.cases)('PAWS with $name', ({ views, smoothing, probabilities, consistency, meanEntropy, total, gradients }) => {
  const inputs = () => [stack(views.map((view) => tensor2d(view))), tensor2d(vectors.supports)] as [Tensor, Tensor]

  it('votes as the reference does', async () => {
    const votes = await valuesOf(() =>
      softNeighbours(concat(unstack(inputs()[0]) as Tensor2D[]), tensor2d(vectors.supports), labelsOf(smoothing), vectors.temperature))
    expectClose(votes, probabilities.flat(), 1e-5)
  })

  it('has the reference’s losses and gradients', async () => {
    const [loss, agreement, evenness, viewSlopes, supportSlopes] = await allValuesOf(() => {
      const { losses } = lossesOf(...inputs(), smoothing)
      const slopes = grads((...leaves) => lossesOf(leaves[0]!, leaves[1]!, smoothing).losses.loss)(inputs())
      return [losses.loss, losses.unlabelledLoss, losses.meanEntropyLoss, ...slopes]
    })
    expectClose([...loss!, ...agreement!, ...evenness!], [total, consistency, meanEntropy], 1e-4)
    expectClose(viewSlopes!, gradients.views.flat(), 1e-4)
    expectClose(supportSlopes!, gradients.supports.flat(), 1e-4)
  })
})

it('has the slope of its own differences in the mean entropy, where no target is held', async () => {
  const inputs = [madeUp([2, 3, 2]), tensor2d(vectors.supports)] as const
  const evenness = (views: Tensor, supports: Tensor) => lossesOf(views, supports, 0.1).losses.meanEntropyLoss
  const slopes = await allValuesOf(() => grads((...leaves) => evenness(leaves[0]!, leaves[1]!))([...inputs]))
  expectClose(slopes[0]!, await differences((x) => evenness(x, inputs[1]), inputs[0], 1e-3), 5e-3)
  expectClose(slopes[1]!, await differences((x) => evenness(inputs[0], x), inputs[1], 1e-3), 5e-3)
})

it.each(vectors.sharpened)('sharpens $p at $T as the reference does', async ({ p, T, sharpened: expected }) => {
  expectClose(await valuesOf(() => sharpened(tensor2d([p]), T)), expected, 1e-5)
})

it('sends no gradient into the targets: without me-max one view’s slope comes from its own vote alone', async () => {
  const supports = () => tensor2d(vectors.supports)
  const views = [madeUp([2, 2]), madeUp([2, 2], 2)]
  const slope = (weight: number) => valuesOf(() => grads((first) =>
    lossesOf(stack([first, views[1]!]), supports(), 0.1, weight).losses.loss)([views[0]!])[0]!)
  const target = await valuesOf(() => sharpened(softNeighbours(views[1]!, supports(), labelsOf(0.1), vectors.temperature), vectors.sharpening))
  const held = (x: Tensor) => {
    const votes = softNeighbours(x as Tensor2D, supports(), labelsOf(0.1), vectors.temperature)
    return div(sum(mul(tensor2d(target.map((value) => (value < 1e-4 ? 0 : value)), [2, 3]), log(votes))), -4)
  }
  expectClose(await slope(0), await differences(held, views[0]!, 1e-3), 5e-3)
})
