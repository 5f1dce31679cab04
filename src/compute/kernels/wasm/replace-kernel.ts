import { getKernel, registerKernel, unregisterKernel, type KernelFunc } from '@tensorflow/tfjs-core'

/** Puts a kernel of ours in the place of the WASM backend’s, or where it has none. */
export function replaceKernel(kernelName: string, kernelFunc: KernelFunc): void {
  const backendName = 'wasm'
  if (getKernel(kernelName, backendName)) unregisterKernel(kernelName, backendName)
  registerKernel({ kernelName, backendName, kernelFunc })
}
