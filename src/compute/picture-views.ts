import {
  clipByValue, div, floor, gather, image, matMul, mean, mul, add, range, reshape, slice, stack, sub, tensor1d, tensor2d, tidy,
  type Tensor, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { ownKernel } from './own-kernel'

/**
 * A kernel that a backend may have: packed pictures and plan → views [rows, side, side, 3]; attributes side, mean and
 * deviation.
 */
export const PICTURE_VIEWS = 'PictureViews'

/**
 * How a view is made of a picture. Crop and flip: the box, as shares of the way from the first pixel’s centre to the
 * last one’s, flipped when left is beyond right. Colours: x ← clip(x·M + offset·ḡ), ḡ the view’s mean grey.
 */
export interface ViewPlan {
  /** Position of the picture in the set. */
  picture: number
  box: readonly [top: number, left: number, bottom: number, right: number]
  /** M, nine numbers row by row, for row vectors. */
  colours: readonly number[]
  offset: number
}

/** Mean and deviation of the channels, which a view has subtracted and divided out. */
export interface ChannelStatistics {
  mean: readonly number[]
  deviation: readonly number[]
}

/** Numbers of a plan on the device: picture, box, M, offset. */
export const PLAN_NUMBERS = 15

export const LUMA = [0.299, 0.587, 0.114] as const

/**
 * Views of pictures that stay on the device, normalised.
 *
 * @param packed pictures, one float a pixel: R + 256·G + 65536·B, [count, side²]
 * @param side of the views, in pixels
 * @returns [plans.length, side, side, 3]
 */
export function pictureViews(
  packed: Tensor2D, plans: readonly ViewPlan[], side: number, { mean, deviation }: ChannelStatistics,
): Tensor4D {
  return tidy(() => {
    const plan = tensor2d(Float32Array.from(plans.flatMap(numbersOf)), [plans.length, PLAN_NUMBERS])
    const kernel = ownKernel(PICTURE_VIEWS)
    if (kernel) return kernel({ packed, plan }, { side, mean: [...mean], deviation: [...deviation] })[0] as Tensor4D
    return normalised(composed(packed, plan, side, plans), { mean, deviation })
  })
}

/** The chosen pictures, [indices.length, side, side, 3], values in [0, 1]. */
export function unpacked(packed: Tensor2D, indices: Int32Array): Tensor4D {
  return tidy(() => {
    const side = Math.sqrt(packed.shape[1])
    const pixels = gather(packed, tensor1d(indices, 'int32'))
    const blue = floor(div(pixels, 65_536))
    const rest = sub(pixels, mul(blue, 65_536))
    const green = floor(div(rest, 256))
    const red = sub(rest, mul(green, 256))
    return div(reshape(stack([red, green, blue], 2), [indices.length, side, side, 3]), 255) as Tensor4D
  })
}

/** Pictures in [0, 1] to mean 0 and deviation 1 in each channel. */
export function normalised(pictures: Tensor4D, { mean, deviation }: ChannelStatistics): Tensor4D {
  return tidy(() => div(sub(pictures, [...mean]), [...deviation]) as Tensor4D)
}

function composed(packed: Tensor2D, plan: Tensor2D, side: number, plans: readonly ViewPlan[]): Tensor4D {
  const rows = plans.length
  const pictures = unpacked(packed, Int32Array.from(plans, ({ picture }) => picture))
  const boxes = slice(plan, [0, 1], [rows, 4])
  const cut = image.cropAndResize(pictures, boxes, range(0, rows, 1, 'int32'), [side, side], 'bilinear')

  const pixels = reshape(cut, [rows, side * side, 3])
  const turned = matMul(pixels, reshape(slice(plan, [0, 5], [rows, 9]), [rows, 3, 3]))
  const grey = matMul(mean(pixels, 1) as Tensor2D, tensor2d([...LUMA], [3, 1]))
  const offset: Tensor = mul(slice(plan, [0, 14], [rows, 1]), grey)
  return clipByValue(reshape(add(turned, reshape(offset, [rows, 1, 1])), cut.shape), 0, 1)
}

function numbersOf({ picture, box, colours, offset }: ViewPlan): number[] {
  return [picture, ...box, ...colours, offset]
}
