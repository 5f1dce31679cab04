import { BackendError } from '../open-backend'
import type { BackendName, KernelReport } from '../report'
import type { WasmEnvironment } from '../wasm-backend'
import { registerBatchNorm } from './wasm/batch-norm'
import { registerConvolution } from './wasm/convolution'
import { registerIdentity } from './wasm/identity'
import { openOwnKernels } from './wasm/own-kernels'

/**
 * Adds the project’s kernels to a backend that has just been set.
 * @returns which of them serve, where they are tried one by one
 * @throws BackendError when the engine cannot run kernels that the backend needs to train
 */
export async function registerKernels(backend: BackendName, { threads }: WasmEnvironment): Promise<KernelReport | undefined> {
  if (backend === 'webgpu') return (await import('./webgpu/register')).registerWebGPUKernels()
  if (backend !== 'wasm') return undefined
  const opened = await openOwnKernels(threads)
  if (!opened) {
    throw new BackendError('This browser runs WebAssembly without SIMD, which training needs; a current browser has it.')
  }
  registerConvolution(opened.kernels)
  registerBatchNorm(opened.kernels)
  registerIdentity()
  return undefined
}
