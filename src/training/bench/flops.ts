import { getKernel, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core'
import { replaceKernel } from '../../compute/kernels/replace-kernel'

type Call = Parameters<KernelFunc>[0]

/** Floating-point operations of the calls in which nearly all of a step’s work lies. */
const OPERATIONS: Record<string, (call: Call, output: TensorInfo) => number> = {
  Conv2D: ({ inputs }, y) => 2 * sizeOf(y.shape) * taps(inputs.filter!.shape),
  Conv2DBackpropFilter: ({ inputs }, dw) => 2 * sizeOf(inputs.dy!.shape) * taps(dw.shape),
  Conv2DBackpropInput: ({ inputs }) => 2 * sizeOf(inputs.dy!.shape) * taps(inputs.filter!.shape),
  BatchMatMul: ({ inputs, attrs }, y) => 2 * sizeOf(y.shape) * inputs.a!.shape.at(attrs!.transposeA ? -2 : -1)!,
}

/** Floating-point operations that `run` has a backend do in convolutions and matrix products. */
export async function countOperations(backend: string, run: () => Promise<unknown>): Promise<number> {
  let total = 0
  const restore = Object.entries(OPERATIONS).map(([name, count]) => {
    const { kernelFunc } = getKernel(name, backend)
    return replaceKernel(backend, name, (call) => {
      const output = kernelFunc(call)
      total += count(call, output as TensorInfo)
      return output
    })
  })
  await run()
  restore.forEach((putBack) => putBack())
  return total
}

function taps([height, width, channels]: number[]): number {
  return height! * width! * channels!
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
