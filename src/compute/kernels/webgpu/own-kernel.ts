import type { KernelFunc, Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import type { Gpu } from './gpu'

export type KernelCall = Pick<Parameters<KernelFunc>[0], 'inputs' | 'attrs'>

/** What a kernel gives; undefined leaves the call to tfjs’s own kernel of that name. */
export type Compute = (gpu: Gpu, call: KernelCall) => TensorInfo | TensorInfo[] | undefined

/** Kernels of ours that stand and fall together. */
export interface OwnKernel {
  /** What they compute, in words: “the gradient of a convolution in its filter”. */
  name: string
  /** By the names of tfjs’s kernels whose place they take, or by new ones. */
  kernels: Record<string, Compute>
  /** Chooses between ways to compute the same, by their time on this adapter, before the trial. */
  prepare?(gpu: Gpu): Promise<void>
  /**
   * What these kernels compute for fixed numbers, through tfjs, on whatever backend is set: at the start the results
   * of WebGPU are held against those of the CPU.
   */
  trial(): Tensor[]
}
