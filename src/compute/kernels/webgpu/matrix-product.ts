import { matMul, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import { filterGradientOf, sumOf } from './convolution/convolution'
import type { Sizes } from './convolution/layout'
import type { Gpu } from './gpu'
import { sizeOf } from './many-tensors'
import type { KernelCall, OwnKernel } from './own-kernel'

/**
 * A product of two matrices is a convolution of a picture of one row by a filter of one tap; with the second one
 * transposed it is that one’s gradient in the input, with the first one transposed its gradient in the filter, whose long
 * sum is shared out by rows.
 */
function product(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo | undefined {
  const { a, b } = inputs as Record<'a' | 'b', TensorInfo>
  const { transposeA, transposeB } = attrs as { transposeA: boolean; transposeB: boolean }
  const alone = [a, b].every((info) => info.dtype === 'float32' && sizeOf(info) > 0 && info.shape.slice(0, -2).every((length) => length === 1))
  if (!alone || (transposeA && transposeB)) return undefined
  const [rowsOfA, columnsOfA] = a.shape.slice(-2) as [number, number]
  const [rowsOfB, columnsOfB] = b.shape.slice(-2) as [number, number]
  if ((transposeA ? rowsOfA : columnsOfA) !== (transposeB ? columnsOfB : rowsOfB)) return undefined
  const batchShape = (a.shape.length >= b.shape.length ? a : b).shape.slice(0, -2)
  const sizes = (rows: number, channels: number, outputs: number): Sizes => [1, 1, rows, channels, 1, rows, outputs, 1, 1, 1, 0, 0]
  if (transposeA) {
    const pixels: Sizes = [rowsOfA, 1, 1, columnsOfA, 1, 1, columnsOfB, 1, 1, 1, 0, 0]
    return filterGradientOf(gpu, a, b, pixels, [...batchShape, columnsOfA, columnsOfB])
  }
  if (transposeB) return sumOf(gpu, 'back', a, b, sizes(rowsOfA, rowsOfB, columnsOfB), [...batchShape, rowsOfA, rowsOfB])
  return sumOf(gpu, 'forward', a, b, sizes(rowsOfA, columnsOfA, columnsOfB), [...batchShape, rowsOfA, columnsOfB])
}

export const MATRIX_PRODUCT_KERNEL: OwnKernel = {
  name: 'products of matrices',
  kernels: { BatchMatMul: product },
  trial: () => ([[5, 7, 3], [70, 8, 12]] as const).flatMap(([m, k, n]) => [
    matMul(madeUp([m, k]) as Tensor2D, madeUp([k, n], 2)),
    matMul(madeUp([k, m]) as Tensor2D, madeUp([k, n], 2), true, false),
    matMul(madeUp([m, k]) as Tensor2D, madeUp([n, k], 2), false, true),
  ]),
}
