import { tensor, util, type Tensor, type Tensor1D, type Tensor2D, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs-core'

type OfRank<Length> = Length extends 1 ? Tensor1D : Length extends 2 ? Tensor2D : Length extends 3 ? Tensor3D
  : Length extends 4 ? Tensor4D : Tensor

/** Numbers between −1 and 1 without a visible pattern, the same in every run; another `seed` gives others. */
export function madeUp<const Shape extends readonly number[]>(shape: Shape, seed = 1): OfRank<Shape['length']> {
  const values = Float32Array.from({ length: util.sizeFromShape([...shape]) }, (_, i) =>
    Math.sin((0.7 + 0.37 * seed) * (i + 1) ** 1.5))
  return tensor(values, [...shape]) as OfRank<Shape['length']>
}
