import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { BATCH_NORM, BATCH_NORM_GRADIENT, type BatchNormAttributes } from '../../batch-norm'
import { Heap } from './heap'
import type { OwnKernels } from './own-kernels'
import { replaceKernel } from './replace-kernel'

/** Rows of which the kernels make one block. */
const BLOCK = 256

/** Registers the fused batch norm and its gradient. */
export function registerBatchNorm(kernels: OwnKernels): void {
  replaceKernel(BATCH_NORM, ({ inputs, attrs, backend }) => {
    const { x, gamma, beta, residual } = inputs as Record<'x' | 'gamma' | 'beta', TensorInfo> & { residual?: TensorInfo }
    const { epsilon, relu } = attrs as unknown as BatchNormAttributes
    const heap = new Heap(backend as BackendWasm)
    const { channels, rows, blocks } = sizesOf(x)
    const [y, mean, variance] = [heap.output(x.shape), heap.output([channels]), heap.output([channels])]
    const [sums, scale] = [heap.scratch(blocks * channels), heap.scratch(2 * channels)]
    kernels.blockSums(heap.at(x), sums, rows, channels, 0, blocks)
    kernels.joinBlocks(sums, blocks, channels, heap.at(mean), 1 / rows)
    kernels.blockSquares(heap.at(x), heap.at(mean), sums, rows, channels, 0, blocks)
    kernels.joinBlocks(sums, blocks, channels, heap.at(variance), 1 / rows)
    kernels.scaleAndShift(heap.at(mean), heap.at(variance), heap.at(gamma), heap.at(beta), scale, channels, epsilon)
    kernels.normalise(heap.at(x), scale, residual ? heap.at(residual) : 0, heap.at(y), rows, channels, Number(relu))
    heap.free()
    return [y, mean, variance]
  })

  replaceKernel(BATCH_NORM_GRADIENT, ({ inputs, attrs, backend }) => {
    const { x, y, dy, mean, variance, gamma } = inputs as Record<'x' | 'y' | 'dy' | 'mean' | 'variance' | 'gamma', TensorInfo>
    const { epsilon, relu, residual } = attrs as unknown as BatchNormAttributes & { residual: boolean }
    const heap = new Heap(backend as BackendWasm)
    const { channels, rows, blocks } = sizesOf(x)
    const [dx, dgamma, dbeta] = [heap.output(x.shape), heap.output([channels]), heap.output([channels])]
    const dresidual = residual ? [heap.output(x.shape)] : []
    const [gains, offsets, coefficients] = [heap.scratch(blocks * channels), heap.scratch(blocks * channels), heap.scratch(3 * channels)]
    kernels.blockGradients(
      heap.at(x), heap.at(y), heap.at(dy), heap.at(mean), gains, offsets, rows, channels, Number(relu), 0, blocks,
    )
    kernels.joinBlocks(gains, blocks, channels, heap.at(dgamma), 1)
    kernels.joinBlocks(offsets, blocks, channels, heap.at(dbeta), 1)
    kernels.gradientCoefficients(
      heap.at(mean), heap.at(variance), heap.at(gamma), heap.at(dgamma), heap.at(dbeta), coefficients, rows, channels, epsilon,
    )
    kernels.inputGradient(
      heap.at(x), heap.at(y), heap.at(dy), heap.at(dx), residual ? heap.at(dresidual[0]!) : 0, coefficients,
      rows, channels, Number(relu),
    )
    heap.free()
    return [dx, dgamma, dbeta, ...dresidual]
  })
}

function sizesOf({ shape }: TensorInfo): { channels: number; rows: number; blocks: number } {
  const channels = shape.at(-1)!
  const rows = shape.reduce((product, size) => product * size, 1) / channels
  return { channels, rows, blocks: Math.ceil(rows / BLOCK) }
}
