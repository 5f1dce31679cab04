import { getKernel, registerKernel, unregisterKernel, type KernelFunc } from '@tensorflow/tfjs-core'

/**
 * Puts a kernel of ours in the place of the backend’s, or where it has none.
 * @returns puts the backend’s own back
 */
export function replaceKernel(backendName: string, kernelName: string, kernelFunc: KernelFunc): () => void {
  const stock = getKernel(kernelName, backendName)
  if (stock) unregisterKernel(kernelName, backendName)
  registerKernel({ kernelName, backendName, kernelFunc })
  return () => {
    unregisterKernel(kernelName, backendName)
    if (stock) registerKernel(stock)
  }
}
