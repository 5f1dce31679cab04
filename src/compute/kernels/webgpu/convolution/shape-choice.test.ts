import { backend, conv2d, engine, grads, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../../../connect-node'
import { expectClose, madeUp, valuesOf } from '../../../trial'
import { describeOnWebGPU } from '../../../webgpu-trial'
import { Gpu } from '../gpu'
import { filterGradientOf } from './convolution'
import type { Sizes } from './layout'
import { runSum } from './run-sum'
import { goesInFours, IN_FOURS, quickest, shapeFor, SHAPES } from './shape-choice'
import { stagedQuads } from './weights'

const [FIRST, ...OTHERS] = SHAPES

describeOnWebGPU('the shapes of a convolution', () => {
  beforeAll(() => connectNodeBackend('webgpu'), 240_000)

  const sizes = (batch: number, side: number, channels: number, outSide: number, outputs: number, stride: number): Sizes =>
    [batch, side, side, channels, outSide, outSide, outputs, 3, 3, stride, 1 - (stride - 1), 1 - (stride - 1)]

  it.each<[string, Sizes]>([
    ['stride 1, channels by fours', sizes(2, 6, 8, 6, 12, 1)],
    ['stride 2, odd sizes and numbers of channels', sizes(1, 7, 5, 4, 6, 2)],
    ['several strips of a row, the last one not whole', sizes(1, 19, 3, 19, 5, 1)],
    ['several strips of a row, stride 2', sizes(1, 21, 4, 11, 8, 2)],
    ['more weights than a workgroup holds at once', sizes(1, 3, 80, 3, 68, 1)],
  ])('all give the same numbers: %s', async (_, work) => {
    const gpu = new Gpu(backend() as WebGPUBackend)
    const others = goesInFours(gpu.device) ? [...OTHERS, IN_FOURS] : OTHERS
    const [batch, height, width, channels, outHeight, outWidth, outputs] = work
    for (const direction of ['forward', 'back'] as const) {
      const inside = [batch, height, width, channels]
      const outside = [batch, outHeight, outWidth, outputs]
      const [from, to] = direction === 'forward' ? [inside, outside] : [outside, inside]
      const numbers = (shape: (typeof SHAPES)[number]) => valuesOf(() => {
        const y = gpu.output(to)
        runSum(gpu, shape, direction, { x: madeUp(from), filter: madeUp([3, 3, channels, outputs], 2), y }, work)
        return engine().makeTensorFromTensorInfo(y)
      })
      const expected = await numbers(FIRST)
      expect(expected.some((value) => value !== 0)).toBe(true)
      for (const shape of others) expect(await numbers(shape)).toEqual(expected)
    }
  }, 120_000)

  it('weights of a row of taps too many for a workgroup’s memory are read in parts, and not at all where not even four channels fit', () => {
    expect(stagedQuads('forward', sizes(1, 3, 80, 3, 68, 1))).toBe(5)
    expect(stagedQuads('forward', sizes(1, 3, 8, 3, 4_000, 1))).toBe(0)
  })

  it('the gradient in the filter is the same, whether threads share what they read or not', async () => {
    const [x, dy] = [madeUp([2, 9, 9, 16]), madeUp([2, 9, 9, 20], 2)]
    const alone = await valuesOf(() =>
      engine().makeTensorFromTensorInfo(filterGradientOf(new Gpu(backend() as WebGPUBackend), x, dy, sizes(2, 9, 16, 9, 20, 1), [3, 3, 16, 20])))
    const chosen = await valuesOf(() => grads((pictures: Tensor, filter: Tensor) =>
      conv2d(pictures as Tensor4D, filter as Tensor4D, 1, 'same'))([x, madeUp([3, 3, 16, 20])], dy)[1]!)
    expectClose(alone, chosen, 1e-5)
  }, 120_000)

  it('an adapter that was given none has the first', () => {
    expect(shapeFor(new Gpu(backend() as WebGPUBackend))).toBe(FIRST)
  })
})

it('the quickest candidate is chosen, by its runs after the first', async () => {
  const milliseconds: Record<string, number[]> = { a: [500, 2, 40, 38], b: [900, 30, 31], c: [1, 35, 60] }
  const time = async (candidate: string) => milliseconds[candidate]!.shift()!
  expect(await quickest(['a', 'b', 'c'], time)).toBe('b')
})

it('where a single run is slow nothing else is tried', async () => {
  const tried: string[] = []
  const time = async (candidate: string) => {
    tried.push(candidate)
    return 80
  }
  expect(await quickest(['a', 'b'], time)).toBe('a')
  expect(tried).toEqual(['a', 'a'])
})

it('what the adapter cannot run is left out, be it the first', async () => {
  const milliseconds: Record<string, number> = { a: Infinity, b: 60, c: 50, d: Infinity }
  expect(await quickest(['a', 'b', 'c', 'd'], async (candidate) => milliseconds[candidate]!)).toBe('c')
})

it('threads go by fours where the adapter says so and the device may use it', () => {
  const device = (size: number, ...features: string[]) =>
    ({ features: new Set(features), adapterInfo: { subgroupMinSize: size, subgroupMaxSize: size } }) as unknown as GPUDevice
  expect(goesInFours(device(4, 'subgroups'))).toBe(true)
  expect(goesInFours(device(4))).toBe(false)
  expect(goesInFours(device(32, 'subgroups'))).toBe(false)
})
