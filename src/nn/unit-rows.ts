import { div, maximum, sqrt, square, sum, type Tensor2D } from '@tensorflow/tfjs-core'

/**
 * Rows scaled to length one; rows shorter than 1e-12, zeros above all, are divided by that instead. The guard stands
 * under the root, whose slope at zero is infinite.
 */
export function unitRows(x: Tensor2D): Tensor2D {
  return div(x, sqrt(maximum(sum(square(x), 1, true), 1e-24)))
}
