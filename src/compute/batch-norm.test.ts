import { grads, keep, memory, mul, sum, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { batchNorm } from './batch-norm'
import { connectNodeBackend } from './connect-node'
import { allValuesOf, differences, expectClose, madeUp, onCpu } from './trial'
import { describeOnWebGPU } from './webgpu-trial'

const SHAPES = [[5, 4], [3, 12], [9, 5], [2, 3, 3, 4], [1, 5, 3, 16], [3, 2, 1, 7], [300, 8]]
const CASES = SHAPES.flatMap((shape) => [true, false].map((relu) => ({ shape, relu })))

const apply = (relu: boolean) => (x: Tensor, gamma: Tensor, beta: Tensor, residual: Tensor) =>
  batchNorm(x, gamma as Tensor1D, beta as Tensor1D, { epsilon: 1e-3, relu }, { residual })

const inputsOf = (shape: number[]): [Tensor, Tensor, Tensor, Tensor] => {
  const channels = shape.at(-1)!
  return [madeUp(shape), madeUp([channels], 2), madeUp([channels], 3), madeUp(shape, 6)]
}

/** y, the moments and the gradients, without and with a residual branch. */
function everything(shape: number[], relu: boolean): Tensor[] {
  const inputs = inputsOf(shape)
  let moments: Tensor[] = []
  const [x, gamma, beta] = inputs as [Tensor, Tensor1D, Tensor1D, Tensor]
  const y = batchNorm(x, gamma, beta, { epsilon: 1e-3, relu }, {
    observe: ({ mean, variance }) => {
      moments = [keep(mean.clone()), keep(variance.clone())]
    },
  })
  const alone = (x: Tensor, gamma: Tensor, beta: Tensor) => batchNorm(x, gamma as Tensor1D, beta as Tensor1D, { epsilon: 1e-3, relu })
  const dy = madeUp(shape, 4)
  return [y, ...moments, ...grads(alone)([x, gamma, beta], dy), apply(relu)(...inputs), ...grads(apply(relu))(inputs, dy)]
}

describe('batch norm', () => {
  beforeAll(() => connectNodeBackend('wasm'))

  it.each(CASES)('of $shape is the CPU’s on WASM, ReLU $relu', async ({ shape, relu }) => {
    const before = memory().numTensors
    const compute = () => everything(shape, relu)
    const [got, expected] = [await allValuesOf(compute), await onCpu('wasm', compute)]
    expected.forEach((values, i) => expectClose(got[i]!, values, 1e-4))
    expect(memory().numTensors).toBe(before)
  })

  it('brings every channel to its offset and gain', async () => {
    const [y] = await allValuesOf(() => {
      const x = mul(madeUp([2, 4, 4, 4]), 50)
      return [batchNorm(x, mul(madeUp([4]), 0), madeUp([4], 2), { epsilon: 1e-5, relu: false })]
    })
    const [beta] = await allValuesOf(() => [madeUp([4], 2)])
    expectClose(y!, Array.from(y!, (_, i) => beta![i % 4]!), 1e-6)
  })
})

describeOnWebGPU('batch norm on WebGPU', () => {
  beforeAll(() => connectNodeBackend('webgpu'), 240_000)

  it.each(CASES)('of $shape is the CPU’s, ReLU $relu', async ({ shape, relu }) => {
    const before = memory().numTensors
    const compute = () => everything(shape, relu)
    const [got, expected] = [await allValuesOf(compute), await onCpu('webgpu', compute)]
    expected.forEach((values, i) => expectClose(got[i]!, values, 1e-4))
    expect(memory().numTensors).toBe(before)
  }, 120_000)
})

describe.each([[[4, 3]], [[2, 2, 2, 4]]])('the gradient of batch norm of %j', (shape) => {
  beforeAll(() => connectNodeBackend('wasm'))

  it.each([true, false])('has the slope of its differences, ReLU %s', async (relu) => {
    const inputs = inputsOf(shape)
    const weights = madeUp(shape, 4)
    const total = (...leaves: Tensor[]) => sum(mul(apply(relu)(leaves[0]!, leaves[1]!, leaves[2]!, leaves[3]!), weights))
    const slopes = await allValuesOf(() => grads(total)(inputs))
    for (const [i, input] of inputs.entries()) {
      const moved = (x: Tensor) => total(...inputs.map((own, at) => (at === i ? x : own)))
      // Steps small enough to keep off the corners of ReLU.
      expectClose(slopes[i]!, await differences(moved, input, 2e-3), 5e-3)
    }
  })
})
