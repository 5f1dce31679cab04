import {
  div, floor, gather, mul, reshape, stack, sub, tensor1d, tensor2d, tidy,
  type Tensor1D, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { pictureAt, pictureCount, SIDE, type PictureSet } from './picture-set'
import type { Split } from './split'

const PIXELS = SIDE * SIDE

/**
 * A set of pictures that stays on the device, one float a pixel: R + 256·G + 65536·B is below 2²⁴
 * and so exact in float32, and a third of the memory of three floats.
 */
export class DevicePictures {
  readonly count: number
  /** Class of each picture, [count], int32. */
  readonly labels: Tensor1D
  private readonly packed: Tensor2D

  constructor(set: PictureSet) {
    this.count = pictureCount(set)
    this.packed = tensor2d(pack(set), [this.count, PIXELS])
    this.labels = tensor1d(Int32Array.from(set.labels), 'int32')
  }

  /** The chosen pictures, [indices.length, 32, 32, 3], values in [0, 1]. */
  at(indices: Int32Array): Tensor4D {
    return tidy(() => {
      const packed = gather(this.packed, tensor1d(indices, 'int32'))
      const blue = floor(div(packed, 65_536))
      const rest = sub(packed, mul(blue, 65_536))
      const green = floor(div(rest, 256))
      const red = sub(rest, mul(green, 256))
      const pixels = stack([red, green, blue], 2)
      return div(reshape(pixels, [indices.length, SIDE, SIDE, 3]), 255) as Tensor4D
    })
  }

  labelsAt(indices: Int32Array): Tensor1D {
    return tidy(() => gather(this.labels, tensor1d(indices, 'int32')))
  }

  dispose(): void {
    this.packed.dispose()
    this.labels.dispose()
  }
}

/** Pictures in [0, 1] to mean 0 and deviation 1 in each channel. */
export function normalised(pictures: Tensor4D, { mean, deviation }: Split['statistics']): Tensor4D {
  return tidy(() => div(sub(pictures, mean), deviation) as Tensor4D)
}

function pack(set: PictureSet): Float32Array {
  const packed = new Float32Array(pictureCount(set) * PIXELS)
  for (let position = 0, to = 0; position < pictureCount(set); position++) {
    const picture = pictureAt(set, position)
    for (let at = 0; at < picture.length; at += 3) {
      packed[to++] = picture[at]! + 256 * picture[at + 1]! + 65_536 * picture[at + 2]!
    }
  }
  return packed
}
