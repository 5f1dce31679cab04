import {
  add, concat, div, fill, matMul, memory, mul, reshape, reverse, round, slice, tensor2d, tidy, tile, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { pictureViews } from '../compute/picture-views'
import { expectClose, madeUp, onCpu, valuesOf } from '../compute/trial'
import { SIDE } from './picture-set'
import { randomStream, type RandomStream } from './random'
import { planViews, type ViewRequest, type ViewSettings } from './views'

beforeAll(() => connectNodeBackend('wasm'))

const STILL: ViewSettings = { cropMinimum: 1, cropMaximum: 1, jitter: 0, grayscale: 0 }
const WILD: ViewSettings = { cropMinimum: 0.05, cropMaximum: 1, jitter: 1, grayscale: 0.3 }

/** Made-up pictures of 8 bits a channel, as shares, [count, 32, 32, 3]. */
const pictures = (count: number): Tensor4D => div(round(mul(add(madeUp([count, SIDE, SIDE, 3]), 1), 127.5)), 255)
const all = (count: number) => Int32Array.from({ length: count }, (_, i) => i)
const PLAIN = { mean: [0, 0, 0], deviation: [1, 1, 1] }

/** Views of pictures in [0, 1], which are rounded to 8 bits a channel. */
function randomViews(source: Tensor4D, requests: readonly ViewRequest[], side: number, random: RandomStream): Tensor4D {
  return tidy(() => {
    const weights = tensor2d([1, 256, 65_536], [3, 1])
    const packed = matMul(reshape(round(mul(source, 255)), [-1, 3]), weights)
    const plans = planViews(requests, side, random)
    return pictureViews(reshape(packed, [source.shape[0], SIDE * SIDE]), plans, side, PLAIN)
  })
}

const viewsOf = (source: Tensor4D, settings: ViewSettings, { side = SIDE, seed = 1 } = {}): Tensor4D =>
  randomViews(source, [{ settings, pictures: all(source.shape[0]) }], side, randomStream(seed, 'views'))

it('repeat themselves from the seed alone', async () => {
  const views = (seed: number) => valuesOf(() => viewsOf(pictures(3), WILD, { seed }))
  const first = await views(1)
  expect(await views(1)).toEqual(first)
  expect(await views(2)).not.toEqual(first)
})

it('stay between 0 and 1, however wild, and are of the asked size', async () => {
  const values = await valuesOf(() => viewsOf(pictures(6), WILD, { side: 9 }))
  expect(values).toHaveLength(6 * 9 * 9 * 3)
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...values)).toBeLessThanOrEqual(1)
})

it('are the CPU’s on WASM', async () => {
  for (const side of [SIDE, 11]) {
    const compute = () => [viewsOf(pictures(4), WILD, { side })]
    expectClose(await valuesOf(() => compute()[0]!), (await onCpu('wasm', compute))[0]!, 1e-4)
  }
})

it('leave no tensor behind', () => {
  const source = pictures(2)
  const before = memory().numTensors
  viewsOf(source, WILD).dispose()
  expect(memory().numTensors).toBe(before)
})

it('take the pictures of each request in its order, with its own settings', async () => {
  const source = concat([fill([1, SIDE, SIDE, 3], 0.2), fill([1, SIDE, SIDE, 3], 0.8)]) as Tensor4D
  const bright = await valuesOf(() => slice(randomViews(source, [
    { settings: STILL, pictures: Int32Array.of(1, 0) },
    { settings: { ...STILL, grayscale: 1 }, pictures: Int32Array.of(1) },
  ], SIDE, randomStream(1, 'views')), [0, 5, 5, 0], [3, 1, 1, 1]))
  expectClose(bright, [0.8, 0.2, 0.8], 1e-5)
})

describe('a crop', () => {
  it('of the whole picture is the picture or its mirror image, each about half the time', async () => {
    const one = await valuesOf(() => pictures(1))
    const mirrored = await valuesOf(() => reverse(pictures(1), 2))
    const count = 60
    const views = await valuesOf(() => viewsOf(tile(pictures(1), [count, 1, 1, 1]), STILL))
    let flips = 0
    for (let i = 0; i < count; i++) {
      const view = views.slice(i * one.length, (i + 1) * one.length)
      const flipped = Math.abs(view[0]! - mirrored[0]!) < 1e-3
      expectClose(view, flipped ? mirrored : one, 1e-3)
      flips += Number(flipped)
    }
    expect(flips).toBeGreaterThan(count / 4)
    expect(flips).toBeLessThan((3 * count) / 4)
  })

  it('of one colour is that colour', async () => {
    const plain = fill([2, SIDE, SIDE, 3], 0.2) as Tensor4D
    const views = await valuesOf(() => viewsOf(plain, { ...STILL, cropMinimum: 0.05 }))
    expectClose(views, views.map(() => 0.2), 1e-5)
  })

  it('shows the asked share of the picture', async () => {
    // Each pixel tells its column, then its row, as a share of the side.
    const ramp = reshape(Array.from({ length: SIDE }, (_, i) => i / SIDE), [1, 1, SIDE, 1])
    const count = 24
    const columns = tile(ramp, [count, SIDE, 1, 3]) as Tensor4D
    const rows = tile(reshape(ramp, [1, SIDE, 1, 1]), [count, 1, SIDE, 3]) as Tensor4D
    const settings = { ...STILL, cropMinimum: 0.25, cropMaximum: 0.25 }
    const [across, down] = [await valuesOf(() => viewsOf(columns, settings)), await valuesOf(() => viewsOf(rows, settings))]
    const pixels = SIDE * SIDE * 3
    for (let i = 0; i < count; i++) {
      const last = (i + 1) * pixels - 3
      // From the first sample to the last it is (side − 1)/side of the crop’s length.
      const width = Math.abs(across[last]! - across[i * pixels]!) * (SIDE / (SIDE - 1))
      const height = Math.abs(down[last]! - down[i * pixels]!) * (SIDE / (SIDE - 1))
      expect(width * height).toBeGreaterThan(0.23)
      expect(width * height).toBeLessThan(0.27)
      expect(Math.max(width / height, height / width)).toBeLessThan(1.36)
    }
  })
})

describe('colours', () => {
  const channelsOf = (values: number[]) => Array.from({ length: values.length / 3 }, (_, i) => values.slice(3 * i, 3 * i + 3))

  it('are gone with grayscale 1', async () => {
    for (const [red, green, blue] of channelsOf(await valuesOf(() => viewsOf(pictures(2), { ...STILL, jitter: 0.8, grayscale: 1 })))) {
      expect(red).toBeCloseTo(green!, 4)
      expect(red).toBeCloseTo(blue!, 4)
    }
  })

  it('are gone about as often as asked', async () => {
    const count = 60
    const views = await valuesOf(() => slice(viewsOf(tile(pictures(1), [count, 1, 1, 1]), { ...STILL, grayscale: 0.5 }), [0, 3, 3, 0], [count, 1, 1, 3]))
    const grey = channelsOf(views).filter(([red, green]) => Math.abs(red! - green!) < 1e-4).length
    expect(grey).toBeGreaterThan(count / 4)
    expect(grey).toBeLessThan((3 * count) / 4)
  })

  it('never come from the jitter of a grey picture', async () => {
    const grey = tile(slice(pictures(3), [0, 0, 0, 0], [3, SIDE, SIDE, 1]), [1, 1, 1, 3]) as Tensor4D
    for (const [red, green, blue] of channelsOf(await valuesOf(() => viewsOf(grey, { ...STILL, jitter: 1 })))) {
      expect(red).toBeCloseTo(green!, 2)
      expect(red).toBeCloseTo(blue!, 2)
    }
  })

  it('change with the jitter, mostly', async () => {
    const source = concat([fill([1, SIDE, SIDE, 1], 0.6), fill([1, SIDE, SIDE, 1], 0.4), fill([1, SIDE, SIDE, 1], 0.3)], 3) as Tensor4D
    const count = 40
    const views = await valuesOf(() => slice(viewsOf(tile(source, [count, 1, 1, 1]), { ...STILL, jitter: 0.8 }), [0, 3, 3, 0], [count, 1, 1, 3]))
    const changed = channelsOf(views).filter(([red]) => Math.abs(red! - 0.6) > 1e-3).length
    // Four of five views are jittered.
    expect(changed).toBeGreaterThan(0.6 * count)
    expect(changed).toBeLessThan(count)
  })
})
