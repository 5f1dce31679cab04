import '../../gradients'
import { conv2d, memory, ones, tidy, type Rank } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { nodeGpu } from '../../node-gpu'
import type { KernelReport } from '../../report'
import { openWebGPU } from '../../webgpu-backend'
import { describeOnWebGPU } from '../../webgpu-trial'
import { BATCH_NORM_KERNEL } from './batch-norm'
import { PARAMETER_UPDATE_KERNEL } from './parameter-update'
import { registerWebGPUKernels } from './register'
import { ROWS_KERNEL } from './rows'
import { RUNNING_AVERAGE_KERNEL } from './running-average'
import { CONVOLUTION_KERNELS } from './convolution/convolution'

/** What every device with WebGPU has. */
const LEAST = {
  maxBufferSize: 2 ** 28, maxStorageBufferBindingSize: 2 ** 27, maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupStorageSize: 16_384, maxComputeWorkgroupsPerDimension: 65_535,
  maxComputeWorkgroupSizeX: 256, maxComputeInvocationsPerWorkgroup: 256,
}

/** Those that bind many arrays, and the one that meets the largest. */
const KERNELS = [CONVOLUTION_KERNELS[0]!, BATCH_NORM_KERNEL, ROWS_KERNEL, PARAMETER_UPDATE_KERNEL, RUNNING_AVERAGE_KERNEL]

describeOnWebGPU('on a device with the least limits and no feature', () => {
  let report: KernelReport
  let close: () => void

  beforeAll(async () => {
    close = (await openWebGPU(modest(await nodeGpu()), true)).close!
    report = await registerWebGPUKernels(KERNELS)
  }, 240_000)
  afterAll(() => close())

  it('our kernels serve', () => {
    expect(report).toEqual({ own: KERNELS.map(({ name }) => name), stock: [] })
  })

  it('a batch that does not fit is refused with a cure, and leaves nothing behind', () => {
    const before = memory().numTensors
    expect(() => tidy(() => conv2d(ones<Rank.R4>([34, 1_024, 1_024, 1]), ones<Rank.R4>([1, 1, 1, 1]), 1, 'same')))
      .toThrow(/takes 128 MB at a time, and a tensor of shape 34×1024×1024×1 has 136 MB\. Choose a smaller batch or width, or fewer training pictures\./)
    expect(memory().numTensors).toBe(before)
  }, 60_000)
})

/** A GPU whose adapter has no more than that. */
function modest(gpu: GPU): GPU {
  return {
    async requestAdapter() {
      const adapter = (await gpu.requestAdapter())!
      return { info: adapter.info, limits: LEAST, features: new Set(), requestDevice: (wanted: GPUDeviceDescriptor) => adapter.requestDevice(wanted) }
    },
  } as unknown as GPU
}
