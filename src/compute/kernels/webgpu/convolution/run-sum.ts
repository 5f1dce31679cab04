import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { Gpu } from '../gpu'
import { quadsOf } from '../quads'
import { groupsOfSum, stagedQuads, sumOverTaps, type Shape, type Sizes, type Tile } from './sum-over-taps'

/** Lets the device write a convolution of x, or its gradient in the input, into y. */
export function runSum(
  gpu: Gpu, { tile: most, shared }: Shape, direction: 'forward' | 'back', { x, filter, y }: Record<'x' | 'filter' | 'y', TensorInfo>, sizes: Sizes,
): void {
  const tile = within(most, most[0], quadsOf(y.shape.at(-1)!))
  gpu.run(sumOverTaps(direction, ...tile, shared ? stagedQuads(direction, sizes) : 0, ...sizes), {
    reads: [x, filter], writes: [y], groups: groupsOfSum(direction, tile, sizes),
  })
}

export function within([first, second]: Tile, mostFirst: number, mostSecond: number): Tile {
  return [Math.min(first, mostFirst), Math.min(second, mostSecond)]
}
