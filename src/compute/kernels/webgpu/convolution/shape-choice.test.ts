import { backend, engine } from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../../../connect-node'
import { madeUp, valuesOf } from '../../../trial'
import { describeOnWebGPU } from '../../../webgpu-trial'
import { Gpu } from '../gpu'
import { runSum } from './run-sum'
import { quickest, shapeFor, SHAPES } from './shape-choice'
import { stagedQuads, type Sizes } from './sum-over-taps'

const [FIRST, ...OTHERS] = SHAPES

describeOnWebGPU('the shapes of a convolution', () => {
  beforeAll(() => connectNodeBackend('webgpu'), 240_000)

  const sizes = (batch: number, side: number, channels: number, outSide: number, outputs: number, stride: number): Sizes =>
    [batch, side, side, channels, outSide, outSide, outputs, 3, 3, stride, 1 - (stride - 1), 1 - (stride - 1)]

  it.each<[string, Sizes]>([
    ['stride 1, channels by fours', sizes(2, 6, 8, 6, 12, 1)],
    ['stride 2, odd sizes and numbers of channels', sizes(1, 7, 5, 4, 6, 2)],
    ['more weights than a workgroup holds at once', sizes(1, 3, 80, 3, 68, 1)],
  ])('all give the same numbers: %s', async (_, work) => {
    const gpu = new Gpu(backend() as WebGPUBackend)
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
      for (const shape of OTHERS) expect(await numbers(shape)).toEqual(expected)
    }
  }, 120_000)

  it('weights too many for a workgroup’s memory are read in parts, and not at all where not even four channels fit', () => {
    expect(stagedQuads('forward', sizes(1, 3, 80, 3, 68, 1))).toBe(15)
    expect(stagedQuads('forward', sizes(1, 3, 8, 3, 4_000, 1))).toBe(0)
  })

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
