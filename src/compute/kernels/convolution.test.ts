import { conv2d, grads, memory, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../connect-node'
import { allValuesOf, expectClose, madeUp, onCpu } from '../trial'
import { describeOnWebGPU } from '../webgpu-trial'

interface Case {
  /** batch, height, width, channels */
  x: [number, number, number, number]
  outputs: number
  size: number
  stride: number
  pad?: 'same' | 'valid'
}

const CASES: Case[] = [
  { x: [1, 1, 1, 1], outputs: 1, size: 1, stride: 1 },
  { x: [1, 1, 1, 3], outputs: 8, size: 3, stride: 1 },
  { x: [2, 8, 8, 3], outputs: 16, size: 3, stride: 1 },
  { x: [1, 7, 5, 1], outputs: 5, size: 3, stride: 1 },
  { x: [3, 5, 9, 6], outputs: 12, size: 3, stride: 1 },
  { x: [2, 6, 6, 8], outputs: 13, size: 1, stride: 1 },
  { x: [2, 4, 4, 4], outputs: 8, size: 3, stride: 1, pad: 'valid' },
  { x: [2, 8, 8, 4], outputs: 8, size: 3, stride: 2 },
  { x: [1, 7, 9, 5], outputs: 10, size: 3, stride: 2 },
  { x: [2, 9, 7, 3], outputs: 9, size: 1, stride: 2 },
  { x: [2, 8, 8, 6], outputs: 7, size: 1, stride: 2 },
  { x: [2, 7, 7, 2], outputs: 8, size: 3, stride: 3 },
  { x: [2, 9, 9, 3], outputs: 4, size: 3, stride: 2, pad: 'valid' },
  { x: [1, 6, 6, 2], outputs: 3, size: 2, stride: 1 },
  // The last layer of a small network on small views: pictures no larger than the stride.
  { x: [2, 2, 2, 8], outputs: 8, size: 3, stride: 2 },
  { x: [2, 1, 1, 4], outputs: 8, size: 3, stride: 2 },
  { x: [3, 3, 2, 4], outputs: 6, size: 3, stride: 2 },
  { x: [1, 3, 21, 3], outputs: 5, size: 3, stride: 1 },
  { x: [1, 4, 13, 16], outputs: 18, size: 3, stride: 1 },
  { x: [2, 3, 23, 2], outputs: 9, size: 3, stride: 2 },
]

describe('the convolution and its gradients on WASM', () => {
  beforeAll(() => connectNodeBackend('wasm'))

  it.each(CASES)('$x to $outputs by $size×$size, stride $stride, are the CPU’s', async (one) => {
    const before = memory().numTensors
    const compute = () => convolved(one)
    const [got, expected] = [await allValuesOf(compute), await onCpu('wasm', compute)]
    expected.forEach((values, i) => expectClose(got[i]!, values, 1e-5))
    expect(memory().numTensors).toBe(before)
  })

  it('with dilation or unequal strides still come out right forward', async () => {
    const dilated = () => [conv2d(madeUp([1, 7, 7, 2]), madeUp([3, 3, 2, 4]), 1, 'same', 'NHWC', 2)]
    const unequal = () => [conv2d(madeUp([1, 7, 7, 2]), madeUp([3, 3, 2, 4]), [1, 2], 'same')]
    for (const compute of [dilated, unequal]) {
      expectClose((await allValuesOf(compute))[0]!, (await onCpu('wasm', compute))[0]!, 1e-5)
    }
  })
})

describeOnWebGPU('the convolution and its gradients on WebGPU', () => {
  beforeAll(() => connectNodeBackend('webgpu'), 240_000)

  // Every program is compiled, which takes its time in software.
  it.each(CASES.filter((_, i) => i % 2 === 0))('$x to $outputs by $size×$size, stride $stride, are the CPU’s', async (one) => {
    const before = memory().numTensors
    const compute = () => convolved(one)
    const [got, expected] = [await allValuesOf(compute), await onCpu('webgpu', compute)]
    expected.forEach((values, i) => expectClose(got[i]!, values, 1e-5))
    expect(memory().numTensors).toBe(before)
  }, 120_000)
})

/** y, dx and dfilter */
function convolved({ x: shape, outputs, size, stride, pad = 'same' }: Case): Tensor[] {
  const x = madeUp(shape)
  const filter = madeUp([size, size, shape[3], outputs], 2)
  const convolve = (pictures: Tensor, weights: Tensor) => conv2d(pictures as Tensor4D, weights as Tensor4D, stride, pad)
  const y = convolve(x, filter)
  return [y, ...grads(convolve)([x, filter], madeUp(y.shape, 3))]
}
