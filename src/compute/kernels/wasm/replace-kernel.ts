import type { KernelFunc } from '@tensorflow/tfjs-core'
import { replaceKernel as replace } from '../replace-kernel'

/** Puts a kernel of ours in the place of the WASM backend’s, or where it has none. */
export function replaceKernel(kernelName: string, kernelFunc: KernelFunc): void {
  replace('wasm', kernelName, kernelFunc)
}
