import { cast, elu, memory, square, tensor1d, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../../connect-node'
import { expectClose, madeUp, valuesOf } from '../../trial'
import { describeOnWebGPU } from '../../webgpu-trial'
import type { Gpu } from './gpu'
import type { KernelCall, OwnKernel } from './own-kernel'
import { programFor, type Program } from './program'
import { registerWebGPUKernels } from './register'

describeOnWebGPU('kernels of ours', () => {
  beforeAll(() => connectNodeBackend('webgpu'))

  it('serve when they are right, on tensors of the device and of the host, and leave nothing behind', async () => {
    let calls = 0
    const counted = squaring('x[i] * x[i]', () => calls++)
    const before = memory().numTensors
    expect(await registerWebGPUKernels([counted])).toEqual({ own: ['the square'], stock: [] })
    const tried = calls
    const twice = await valuesOf(() => square(square(madeUp([3, 5]))))
    expect(calls).toBe(tried + 2)
    expectClose(twice, (await valuesOf(() => madeUp([3, 5]))).map((value) => value ** 4), 1e-6)
    expect(memory().numTensors).toBe(before)
  })

  it.each([
    ['does not compile', squaring('x[i] * nonsense'), /nonsense/],
    ['is wrong', squaring('x[i] * x[i] * 1.01'), /wrong, by 1\.0 %/],
    ['is not a number', squaring('bitcast<f32>(0x7fc00000u + u32(x[i] * 0.0))'), /wrong/],
    ['needs more than the device has', squaring('x[i] * x[i]', () => {}, 64), /gives a shader \d+ arrays, and the square needs 65/],
  ])('give way to tfjs’s own when one %s', async (_, wrong, reason) => {
    const report = await registerWebGPUKernels([doubledElu, wrong])
    expect(report).toEqual({ own: ['elu'], stock: [{ kernel: 'the square', reason: expect.stringMatching(reason) as string }] })
    expectClose(await valuesOf(() => square(madeUp([7]))), (await valuesOf(() => madeUp([7]))).map((value) => value ** 2), 1e-6)
  })

  it('read whole numbers that tfjs calls float32 as what they stand for', async () => {
    await registerWebGPUKernels([squaring('x[i] * x[i]')])
    const before = memory().numTensors
    for (const whole of [tensor1d([3, -4, 70_000], 'int32'), tensor1d([1, 0, 1], 'bool')]) {
      expectClose(await valuesOf(() => square(cast(whole, 'float32'))), [...await whole.data()].map((value) => value ** 2), 1e-6)
      whole.dispose()
    }
    expect(memory().numTensors).toBe(before)
  })

  it('leave to tfjs what they cannot compute', async () => {
    const partial: OwnKernel = { ...squaring('0.0'), kernels: { Square: () => undefined } }
    expect((await registerWebGPUKernels([partial])).own).toEqual(['the square'])
  })

  it('are taken out before others are put in', async () => {
    let calls = 0
    await registerWebGPUKernels([squaring('x[i] * x[i]', () => calls++)])
    await registerWebGPUKernels([])
    calls = 0
    await valuesOf(() => square(madeUp([7])))
    expect(calls).toBe(0)
  })
})

/** A kernel for tfjs’s Square, which tells of each call. */
function squaring(formula: string, called: () => void = () => {}, arrays = 1): OwnKernel {
  const reads = Object.fromEntries(Array.from({ length: arrays }, (_, i) => [i === 0 ? 'x' : `more${i}`, 'f32']))
  const program = programFor((): Program => ({
    name: 'the square', reads: reads as Program['reads'], writes: { y: 'f32' }, threads: 64,
    code: `fn run(group: u32, thread: u32) {
      let i = group * 64 + thread;
      if (i < arrayLength(&y)) { y[i] = ${formula}; }
    }`,
  }))
  const compute = (gpu: Gpu, { inputs }: KernelCall) => {
    called()
    const x = inputs.x as TensorInfo
    const y = gpu.output(x.shape)
    gpu.run(program(), { reads: Array.from({ length: arrays }, () => x), writes: [y], groups: Math.ceil(x.shape.reduce((a, b) => a * b, 1) / 64) })
    return y
  }
  return { name: 'the square', kernels: { Square: compute }, trial: () => [square(madeUp([9, 11]))] }
}

const doubledElu: OwnKernel = { name: 'elu', kernels: { Elu: () => undefined }, trial: () => [elu(madeUp([4])) as Tensor] }
