import { backend, copyRegisteredKernels, findBackendFactory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { Gpu } from './kernels/webgpu/gpu'
import { OWN_KERNELS } from './kernels/webgpu/list'
import { put } from './kernels/webgpu/register'
import { BackendError } from './open-backend'
import { nameAdapter, wantedOf } from './webgpu-backend'

export interface BareWebGPU {
  /** The adapter in words. */
  adapter: string
  info: GPUAdapterInfo
  device: GPUDevice
  close(): void
}

/**
 * A tfjs WebGPU backend under a name of its own on a device of its own, for measuring: with tfjs’s kernels alone or
 * with ours in place, suited to the adapter but not tried. To be opened before the `webgpu` backend gets kernels of ours. Sets it.
 * @throws BackendError when there is no adapter or no device
 */
export async function openBareWebGPU(name: string, gpu: GPU, kernels: 'stock' | 'own'): Promise<BareWebGPU> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) {
    throw new BackendError(
      'There is no WebGPU adapter to measure on: in a browser switch graphics acceleration on; '
      + 'for Node install a Vulkan driver, or Chromium, whose software driver serves.',
    )
  }
  const device = await adapter.requestDevice(wantedOf(adapter))
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  if (!findBackendFactory(name)) copyRegisteredKernels('webgpu', name)
  registerBackend(name, () => new WebGPUBackend(device, adapter.info))
  await setBackend(name)
  const own = new Gpu(backend() as WebGPUBackend)
  const ours = kernels === 'own' ? OWN_KERNELS : []
  const takeOut = ours.map((kernel) => put(kernel, own, name))
  for (const { prepare } of ours) await prepare?.(own)
  return {
    adapter: nameAdapter(adapter.info),
    info: adapter.info,
    device,
    close() {
      takeOut.forEach((restore) => restore())
      removeBackend(name)
      device.destroy()
    },
  }
}
