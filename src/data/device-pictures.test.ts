import { memory, setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { expectClose, valuesOf } from '../compute/trial'
import { DevicePictures, normalised } from './device-pictures'
import { PICTURE_BYTES, type PictureSet } from './picture-set'

beforeAll(() => connectNodeBackend('wasm'))

/** Every byte in every channel, the corners of the packing included. */
const SET: PictureSet = {
  pixels: Uint8Array.from({ length: 3 * PICTURE_BYTES }, (_, i) => (i < 12 ? (i % 2) * 255 : (i * 7919) % 256)),
  labels: Uint8Array.of(4, 0, 2),
}

it.each(['cpu', 'wasm'] as const)('gives back each chosen picture’s bytes, exactly, in the order asked for, on %s', async (backend) => {
  await setBackend(backend)
  const pictures = new DevicePictures(SET)
  const values = await valuesOf(() => pictures.at(Int32Array.of(2, 0, 2)))
  const bytes = values.map((value) => Math.round(value * 255))
  expectClose(values, bytes.map((byte) => byte / 255), 1e-6)
  const picture = (i: number) => [...SET.pixels.subarray(i * PICTURE_BYTES, (i + 1) * PICTURE_BYTES)]
  expect(bytes).toEqual([...picture(2), ...picture(0), ...picture(2)])
  pictures.dispose()
})

it('gives labels by position, and the device back', async () => {
  const before = memory().numTensors
  const pictures = new DevicePictures(SET)
  expect(pictures.count).toBe(3)
  expect(await valuesOf(() => pictures.labelsAt(Int32Array.of(2, 0, 1, 2)))).toEqual([2, 4, 0, 2])
  pictures.dispose()
  expect(memory().numTensors).toBe(before)
})

it('normalises each channel by its own mean and deviation', async () => {
  const pictures = new DevicePictures(SET)
  const plain = await valuesOf(() => pictures.at(Int32Array.of(1)))
  const mean: [number, number, number] = [0.1, 0.4, 0.7]
  const deviation: [number, number, number] = [0.5, 0.25, 0.2]
  const values = await valuesOf(() => normalised(pictures.at(Int32Array.of(1)), { mean, deviation }))
  expectClose(values, plain.map((value, i) => (value - mean[i % 3]!) / deviation[i % 3]!), 1e-5)
  pictures.dispose()
})
