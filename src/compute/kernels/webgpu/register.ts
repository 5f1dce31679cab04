import { backend, getKernel, setBackend, tidy, type KernelConfig, type KernelFunc, type Tensor } from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import type { KernelReport } from '../../report'
import { replaceKernel } from '../replace-kernel'
import { Gpu } from './gpu'
import { OWN_KERNELS } from './list'
import type { Compute, OwnKernel } from './own-kernel'

/** Largest deviation from the CPU, as a share of the largest magnitude of the same array. */
const TOLERANCE = 1e-4

/** How the kernels in place are taken out again: a new device begins with tfjs’s own. */
const inPlace = new Map<OwnKernel, () => void>()

/**
 * Puts our kernels in the place of tfjs’s on the WebGPU backend that is set, and tries each: what does not compile
 * or computes something else than the CPU goes back to tfjs’s own. Ends with the backend set again and no tensor left.
 */
export async function registerWebGPUKernels(kernels: readonly OwnKernel[] = OWN_KERNELS): Promise<KernelReport> {
  for (const takeOut of inPlace.values()) takeOut()
  inPlace.clear()
  const gpu = new Gpu(backend() as WebGPUBackend)
  for (const own of kernels) inPlace.set(own, put(own, gpu))
  const found = new Map<OwnKernel, number[][] | string>()
  for (const own of kernels) found.set(own, await results(own, gpu))
  const expected = await onCpu(kernels)
  const report: KernelReport = { own: [], stock: [] }
  kernels.forEach((own, i) => {
    const objection = objectionTo(found.get(own)!, expected[i]!)
    if (objection === undefined) report.own.push(own.name)
    else {
      inPlace.get(own)!()
      inPlace.delete(own)
      report.stock.push({ kernel: own.name, reason: objection })
    }
  })
  return report
}

/**
 * Puts kernels of ours untried in the place of a backend’s own.
 * @returns puts those back
 */
export function put(own: OwnKernel, gpu: Gpu, backendName = 'webgpu'): () => void {
  const putBack = Object.entries(own.kernels).map(([name, compute]) =>
    replaceKernel(backendName, name, withStock(getKernel(name, backendName), compute, gpu)))
  return () => putBack.forEach((restore) => restore())
}

function withStock(stock: KernelConfig | undefined, compute: Compute, gpu: Gpu): KernelFunc {
  return (call) => compute(gpu, call) ?? stock!.kernelFunc(call)
}

/** The numbers of the trial on WebGPU, or what went wrong. */
async function results({ prepare, trial }: OwnKernel, gpu: Gpu): Promise<number[][] | string> {
  const { device } = gpu
  device.pushErrorScope('validation')
  let numbers: number[][] | string
  try {
    await prepare?.(gpu)
    numbers = await read(trial)
  } catch (error) {
    gpu.submit()
    numbers = (error as Error).message
  }
  const error = await device.popErrorScope()
  return error ? error.message : numbers
}

async function onCpu(kernels: readonly OwnKernel[]): Promise<number[][][]> {
  await import('@tensorflow/tfjs-backend-cpu')
  await setBackend('cpu')
  try {
    const numbers: number[][][] = []
    for (const { trial } of kernels) numbers.push(await read(trial))
    return numbers
  } finally {
    await setBackend('webgpu')
  }
}

async function read(compute: () => Tensor[]): Promise<number[][]> {
  const tensors = tidy(compute)
  try {
    return await Promise.all(tensors.map(async (tensor) => [...await tensor.data()]))
  } finally {
    for (const tensor of tensors) tensor.dispose()
  }
}

/** Why the results cannot be trusted; undefined when they can. */
function objectionTo(found: number[][] | string, expected: number[][]): string | undefined {
  if (typeof found === 'string') return found
  const off = Math.max(...expected.map((values, i) => deviation(found[i]!, values)))
  return off <= TOLERANCE ? undefined : `A test of it came out wrong, by ${(100 * off).toPrecision(2)} %.`
}

function deviation(found: number[], expected: number[]): number {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30)
  const worst = expected.reduce((most, value, i) => {
    const error = Math.abs(value - found[i]!)
    return Number.isNaN(error) ? Infinity : Math.max(most, error)
  }, 0)
  return worst / largest
}
