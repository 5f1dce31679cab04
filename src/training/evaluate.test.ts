import { mean, memory, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { DevicePictures } from '../data/device-pictures'
import { PICTURE_BYTES } from '../data/picture-set'
import type { Network } from '../nn/network'
import { accuracy, type TestPart } from './evaluate'

beforeAll(() => connectNodeBackend('wasm'))

/** Calls a picture by its brightest channel, and only in evaluation. */
const brightest = {
  project: ([views], mode) => {
    expect(mode).toBe('running')
    return mean(views!, [1, 2])
  },
  scores: (features: Tensor2D) => features,
} satisfies Partial<Network> as Partial<Network> as Network

it('is the share of pictures whose best prototype is their class, over all chunks', async () => {
  const count = 450
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 3)
  // Of each nine pictures the last shows another colour than its class.
  const shown = labels.map((label, i) => (i % 9 === 8 ? (label + 1) % 3 : label))
  const pixels = Uint8Array.from({ length: count * PICTURE_BYTES }, (_, i) => (i % 3 === shown[Math.floor(i / PICTURE_BYTES)] ? 200 : 100))
  const pictures = new DevicePictures({ pixels, labels })
  const before = memory().numTensors
  const test: TestPart = { pictures, statistics: { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] } }
  expect(await accuracy(brightest, test)).toBeCloseTo(8 / 9, 6)
  expect(memory().numTensors).toBe(before)
  // A channel that always wins gives its class’s share.
  const stubborn: Network = { ...brightest, scores: (features) => tensor2d(Array.from({ length: features.shape[0] }, () => [1, 0, 0])) }
  expect(await accuracy(stubborn, test)).toBeCloseTo(1 / 3, 6)
  pictures.dispose()
})
