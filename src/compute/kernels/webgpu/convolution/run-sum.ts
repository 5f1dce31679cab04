import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Gpu } from '../gpu'
import { groupsOfSum, tileFor, type Direction, type Shape, type Sizes } from './layout'
import { sumOverTaps } from './sum-over-taps'
import { stagedQuads } from './weights'

/** Lets the device write a convolution of x, or its gradient in the input, into y. */
export function runSum(
  gpu: Gpu, shape: Shape, direction: Direction, { x, filter, y }: Record<'x' | 'filter' | 'y', TensorInfo>, sizes: Sizes,
): void {
  const tile = tileFor(shape.tile, direction, sizes)
  const weights = shape.weights === 'workgroup' && stagedQuads(direction, sizes) === 0 ? 'each' : shape.weights
  gpu.run(sumOverTaps(direction, ...tile, weights, ...sizes), {
    reads: [x, filter], writes: [y], groups: groupsOfSum(weights, tile, direction, sizes),
  })
}
