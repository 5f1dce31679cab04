import type { TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { BATCH_NORM, BATCH_NORM_GRADIENT, type BatchNormAttributes } from '../../batch-norm'
import { Heap } from './heap'
import type { OwnKernels } from './own-kernels'
import { replaceKernel } from './replace-kernel'

/** Registers the fused batch norm and its gradient. */
export function registerBatchNorm(kernels: OwnKernels): void {
  replaceKernel(BATCH_NORM, ({ inputs, attrs, backend }) => {
    const { x, gamma, beta } = inputs as Record<'x' | 'gamma' | 'beta', TensorInfo>
    const { epsilon, relu } = attrs as unknown as BatchNormAttributes
    const heap = new Heap(backend as BackendWasm)
    const { channels, rows } = sizesOf(x)
    const [y, mean, variance] = [heap.output(x.shape), heap.output([channels]), heap.output([channels])]
    const scratch = heap.zeros(2 * channels)
    kernels.moments(heap.at(x), heap.at(mean), heap.at(variance), scratch, rows, channels)
    kernels.normalise(
      heap.at(x), heap.at(mean), heap.at(variance), heap.at(gamma), heap.at(beta), heap.at(y), scratch,
      rows, channels, epsilon, Number(relu),
    )
    heap.free()
    return [y, mean, variance]
  })

  replaceKernel(BATCH_NORM_GRADIENT, ({ inputs, attrs, backend }) => {
    const { x, y, dy, mean, variance, gamma } = inputs as Record<'x' | 'y' | 'dy' | 'mean' | 'variance' | 'gamma', TensorInfo>
    const { epsilon, relu } = attrs as unknown as BatchNormAttributes
    const heap = new Heap(backend as BackendWasm)
    const { channels, rows } = sizesOf(x)
    const [dx, dgamma, dbeta] = [heap.output(x.shape), heap.output([channels]), heap.output([channels])]
    const coefficients = heap.zeros(4 * channels)
    kernels.parameterGradients(
      heap.at(x), heap.at(y), heap.at(dy), heap.at(mean), heap.at(variance), heap.at(gamma),
      heap.at(dgamma), heap.at(dbeta), coefficients, rows, channels, epsilon, Number(relu),
    )
    kernels.inputGradient(
      heap.at(x), heap.at(y), heap.at(dy), heap.at(dx), coefficients, rows, channels, Number(relu),
    )
    heap.free()
    return [dx, dgamma, dbeta]
  })
}

function sizesOf({ shape }: TensorInfo): { channels: number; rows: number } {
  const channels = shape.at(-1)!
  return { channels, rows: shape.reduce((product, size) => product * size, 1) / channels }
}
