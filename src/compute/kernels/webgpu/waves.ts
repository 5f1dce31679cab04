import { tensor, util, type Tensor } from '@tensorflow/tfjs-core'

/** Fixed numbers between −1 and 1 without a visible pattern, for trials; another frequency gives others. */
export function waves(shape: number[], frequency = 0.7): Tensor {
  const values = Float32Array.from({ length: util.sizeFromShape(shape) }, (_, i) => Math.sin(frequency * (i + 1) ** 1.5))
  return tensor(values, shape)
}
