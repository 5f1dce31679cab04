import { add, clipByValue, mul, round, type Tensor4D } from '@tensorflow/tfjs-core'
import type { Split } from '../data/split'

/** Normalised views as colours from 0 to 255 again, [rows, side, side, 3]. */
export function coloursOf(views: Tensor4D, { mean, deviation }: Split['statistics']): Tensor4D {
  return round(clipByValue(mul(add(mul(views, deviation), mean), 255), 0, 255))
}

/** Colours as opaque pixels for a canvas, tile after tile. */
export function rgbaOf(colours: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray((colours.length / 3) * 4).fill(255)
  for (let pixel = 0; 3 * pixel < colours.length; pixel++) rgba.set(colours.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel)
  return rgba
}
