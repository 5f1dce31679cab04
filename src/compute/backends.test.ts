import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { connectBackend } from './backends'
import { NODE_WASM } from './connect-node'
import { registerKernels } from './kernels/register'
import { BackendError } from './open-backend'

vi.mock('./kernels/register', { spy: true })

const node = { wasm: NODE_WASM }

beforeAll(() => connectBackend('cpu', node))

beforeEach(() => {
  vi.mocked(registerKernels).mockReset()
})

it.each(['cpu', 'wasm'] as const)('connects %s with correct gradients and leaves no tensor behind', async (backend) => {
  const before = tf.memory().numTensors
  const report = await connectBackend(backend, node)
  expect(report).toMatchObject({ backend, refused: [] })
  expect(report.device).toBe(backend === 'cpu' ? 'JavaScript, 1 thread' : 'SIMD, 1 thread')
  expect(tf.getBackend()).toBe(backend)
  expect(tf.memory().numTensors).toBe(before)
})

it('refuses a backend whose gradients are wrong and goes on down the ladder', async () => {
  vi.mocked(registerKernels).mockImplementation(async (backend) => {
    if (backend === 'wasm') registerZeroFilterGradient()
  })
  const before = tf.memory().numTensors
  const report = await connectBackend('auto', node)
  expect(report.backend).toBe('cpu')
  expect(report.refused.map((refusal) => refusal.backend)).toEqual(['webgpu', 'wasm', 'webgl'])
  expect(report.refused[1]!.reason).toMatch(/WASM computes the gradient of a convolution wrongly/)
  expect(tf.getBackend()).toBe('cpu')
  expect(tf.memory().numTensors).toBe(before)
})

it('refuses a backend that lacks a gradient, by the kernel’s name', async () => {
  vi.mocked(registerKernels).mockImplementation(async () => {
    tf.unregisterKernel('Conv2DBackpropFilter', 'wasm')
  })
  await expect(connectBackend('wasm', node)).rejects.toThrow(/WASM does not work here: .*Conv2DBackpropFilter/)
})

it('keeps the backend that was set when the wanted one cannot be used', async () => {
  await connectBackend('cpu', node)
  await expect(connectBackend('webgpu', node)).rejects.toThrow(/no WebGPU.*another one/)
  expect(tf.getBackend()).toBe('cpu')
})

it('names every cause when nothing can train', async () => {
  vi.mocked(registerKernels).mockRejectedValue(new BackendError('Nothing works today.'))
  await expect(connectBackend('auto', node)).rejects.toThrow(
    /^No backend can train here\..*WebGPU.*Nothing works today\..*WebGL.*Nothing works today\./,
  )
})

function registerZeroFilterGradient() {
  tf.unregisterKernel('Conv2DBackpropFilter', 'wasm')
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ attrs }) => tf.zeros((attrs as unknown as { filterShape: number[] }).filterShape),
  })
}
