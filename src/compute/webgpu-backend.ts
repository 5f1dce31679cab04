import { findBackendFactory, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core'
import { BackendError, type OpenBackend } from './open-backend'

/** tfjs binds large tensors whole; the default limits (128 MiB, 8 buffers) are too small for it. */
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const satisfies readonly (keyof GPUSupportedLimits)[]

/**
 * Sets the WebGPU backend on a device of ours.
 * @param software whether an adapter that is emulated on the processor will do.
 * @throws BackendError when there is no WebGPU, no adapter, only a software adapter, or no device.
 */
export async function openWebGPU(gpu: GPU | undefined, software: boolean): Promise<OpenBackend> {
  if (!gpu) {
    throw new BackendError('This browser has no WebGPU (or the page is not served from https or localhost).')
  }
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) {
    throw new BackendError('The browser has WebGPU but offers no adapter: graphics acceleration is off or the driver is blocked.')
  }
  if (!software && isSoftware(adapter.info)) {
    throw new BackendError(`The only WebGPU adapter is emulated on the processor (${nameAdapter(adapter.info)}), which is slower than WASM.`)
  }
  const device = await adapter.requestDevice(wantedOf(adapter))
  const failure = failureOf(device)
  const close = () => {
    if (findBackendFactory('webgpu')) removeBackend('webgpu')
    device.destroy()
  }
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu')
  // The import registers a factory of its own, and a lost device leaves its backend behind.
  if (findBackendFactory('webgpu')) removeBackend('webgpu')
  registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info))
  if (!(await setBackend('webgpu'))) {
    close()
    throw new BackendError('The WebGPU backend did not start on this adapter.')
  }
  return { device: nameAdapter(adapter.info), failure, close }
}

/** What the device should have of all that the adapter can do. */
export function wantedOf({ limits, features }: GPUAdapter): GPUDeviceDescriptor {
  return {
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, limits[limit]])),
    // By these, threads that go together tell each other numbers.
    requiredFeatures: features.has('subgroups') ? ['subgroups'] : [],
  }
}

/** The adapter in words, as far as the browser names it: “Apple M2 (metal-3)”. */
export function nameAdapter({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  const name = description || device
  if (name) return architecture && !name.includes(architecture) ? `${name} (${architecture})` : name
  return [vendor, architecture].filter(Boolean).join(' ') || 'an adapter without a name'
}

/** Whether the adapter is a processor in disguise. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  const words = [info.vendor, info.architecture, info.device, info.description].join(' ')
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|software|basic render/i.test(words)
}

/** Without these handlers tfjs goes on with stale numbers after a loss or an invalid command. */
function failureOf(device: GPUDevice): Promise<string> {
  return new Promise((resolve) => {
    device.addEventListener('uncapturederror', ({ error }) => {
      resolve(`The GPU reported an error, so its numbers cannot be trusted any longer: ${error.message}`)
    })
    void device.lost.then(({ reason, message }) => {
      if (reason === 'destroyed') return
      resolve(`The GPU was lost (${message || 'the browser gave no reason'}). Start again to reconnect.`)
    })
  })
}
