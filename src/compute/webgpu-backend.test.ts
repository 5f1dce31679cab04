import { KernelBackend, findBackendFactory, getBackend } from '@tensorflow/tfjs-core'
import { describe, expect, it, vi } from 'vitest'
import { isSoftware, nameAdapter, openWebGPU } from './webgpu-backend'

vi.mock('@tensorflow/tfjs-backend-webgpu', () => ({ WebGPUBackend: class extends KernelBackend { override dispose() {} } }))

const apple = adapterInfo({ vendor: 'apple', architecture: 'metal-3' })
const swiftshader = adapterInfo({ vendor: 'google', architecture: 'swiftshader', description: 'SwiftShader Device (Subzero)' })

describe('openWebGPU', () => {
  it('says that the browser has no WebGPU', async () => {
    await expect(openWebGPU(undefined, false)).rejects.toThrow(/no WebGPU/)
  })
  it('says that there is no adapter', async () => {
    await expect(openWebGPU(gpuWith(null), false)).rejects.toThrow(/offers no adapter/)
  })
  it('refuses a software adapter by name, without asking for its device', async () => {
    await expect(openWebGPU(gpuWith(swiftshader), false)).rejects.toThrow(/emulated on the processor \(SwiftShader/)
  })
  it('takes a software adapter that was asked for', async () => {
    await expect(openWebGPU(gpuWith(swiftshader), true)).rejects.toThrow('device requested')
  })
})

describe('an open device', () => {
  const open = async () => {
    const device = new FakeDevice()
    const requestDevice = vi.fn(() => Promise.resolve(device))
    const { failure, close, ...opened } = await openWebGPU(gpuWith(apple, requestDevice), false)
    const said = vi.fn()
    void failure!.then(said)
    return { device, requestDevice, opened, said, close: close! }
  }

  it('has the adapter’s limits, of its features what kernels use, and is the backend until it is closed', async () => {
    const { device, requestDevice, opened, close } = await open()
    expect(opened).toEqual({ device: 'apple metal-3' })
    expect(requestDevice).toHaveBeenCalledWith({
      requiredLimits: expect.objectContaining({ maxBufferSize: 4e9, maxStorageBufferBindingSize: 4e9 }),
      requiredFeatures: ['subgroups'],
    })
    expect(getBackend()).toBe('webgpu')
    close()
    expect(findBackendFactory('webgpu')).toBeFalsy()
    expect(device.destroy).toHaveBeenCalled()
  })

  it('says that it was lost, and nothing when it was given back', async () => {
    const lost = await open()
    lost.device.lose({ reason: 'unknown', message: 'driver reset' } as GPUDeviceLostInfo)
    await vi.waitFor(() => expect(lost.said).toHaveBeenCalledWith(expect.stringMatching(/lost \(driver reset\)/)))
    const returned = await open()
    returned.device.lose({ reason: 'destroyed', message: '' } as GPUDeviceLostInfo)
    await Promise.resolve()
    expect(returned.said).not.toHaveBeenCalled()
  })

  it('says that it reported an error', async () => {
    const { device, said } = await open()
    device.dispatchEvent(Object.assign(new Event('uncapturederror'), { error: { message: 'out of memory' } }))
    await vi.waitFor(() => expect(said).toHaveBeenCalledWith(expect.stringMatching(/cannot be trusted.*out of memory/)))
  })
})

it('recognises processors in disguise', () => {
  expect(isSoftware(apple)).toBe(false)
  expect(isSoftware(swiftshader)).toBe(true)
  expect(isSoftware(adapterInfo({ description: 'Microsoft Basic Render Driver' }))).toBe(true)
  expect(isSoftware(adapterInfo({ description: 'llvmpipe (LLVM 15.0.7, 256 bits)' }))).toBe(true)
  expect(isSoftware(adapterInfo({ vendor: 'intel', isFallbackAdapter: true }))).toBe(true)
})

it('names adapters as far as the browser does', () => {
  expect(nameAdapter(apple)).toBe('apple metal-3')
  expect(nameAdapter(adapterInfo({ description: 'Apple M2', architecture: 'metal-3' }))).toBe('Apple M2 (metal-3)')
  expect(nameAdapter(adapterInfo({}))).toBe('an adapter without a name')
})

function adapterInfo(known: Partial<GPUAdapterInfo>): GPUAdapterInfo {
  return { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false, ...known } as GPUAdapterInfo
}

class FakeDevice extends EventTarget {
  lose!: (info: GPUDeviceLostInfo) => void
  lost = new Promise<GPUDeviceLostInfo>((resolve) => (this.lose = resolve))
  destroy = vi.fn()
}

/** A browser’s GPU with one adapter; unless told otherwise, its device cannot be had. */
function gpuWith(
  info: GPUAdapterInfo | null,
  requestDevice: () => Promise<unknown> = () => Promise.reject(new Error('device requested')),
): GPU {
  const adapter = { info, limits: { maxBufferSize: 4e9, maxStorageBufferBindingSize: 4e9 }, features: new Set(['subgroups', 'shader-f16']), requestDevice }
  return { requestAdapter: () => Promise.resolve(info && adapter) } as unknown as GPU
}
