import { gather, tensor1d, tensor2d, tidy, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import { pictureViews, unpacked, type ViewPlan } from '../compute/picture-views'
import { pictureCount, SIDE, type PictureSet } from './picture-set'
import type { Split } from './split'

export { normalised } from '../compute/picture-views'

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
    this.packed = tensor2d(pack(set.pixels), [this.count, SIDE * SIDE])
    this.labels = tensor1d(Int32Array.from(set.labels), 'int32')
  }

  /** The chosen pictures, [indices.length, 32, 32, 3], values in [0, 1]. */
  at(indices: Int32Array): Tensor4D {
    return unpacked(this.packed, indices)
  }

  /** Views of the pictures as planned, normalised, [plans.length, side, side, 3]. */
  views(plans: readonly ViewPlan[], side: number, statistics: Split['statistics']): Tensor4D {
    return pictureViews(this.packed, plans, side, statistics)
  }

  labelsAt(indices: Int32Array): Tensor1D {
    return tidy(() => gather(this.labels, tensor1d(indices, 'int32')))
  }

  dispose(): void {
    this.packed.dispose()
    this.labels.dispose()
  }
}

function pack(pixels: Uint8Array): Float32Array {
  return Float32Array.from({ length: pixels.length / 3 }, (_, i) =>
    pixels[3 * i]! + 256 * pixels[3 * i + 1]! + 65_536 * pixels[3 * i + 2]!)
}
