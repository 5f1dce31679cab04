import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { PICTURE_BYTES } from '../data/picture-set'
import { DEFAULT_RECIPE, type Changes } from '../recipe/recipe'
import { previewViews } from './view-preview'

beforeAll(() => connectNodeBackend('cpu'))

/** Red rises from left to right, green from top to bottom. */
const picture = Uint8Array.from({ length: PICTURE_BYTES }, (_, i) => [(Math.floor(i / 3) % 32) * 8, Math.floor(i / 96) * 8, 90][i % 3]!)
const WHOLE: Changes = {
  cropMinimum: 1, labelledCropMinimum: 1, jitter: 0, labelledJitter: 0, grayscale: 0, labelledGrayscale: 0,
}
const cut = (changes: Changes, throwOf = 1) => previewViews(picture, { ...DEFAULT_RECIPE, ...changes }, throwOf)
const view = (full: Uint8ClampedArray, index: number) => [...full.slice(index * 4096, (index + 1) * 4096)]
const pixel = (values: number[], x: number, y: number) => values.slice((y * 32 + x) * 4, (y * 32 + x) * 4 + 4)

describe('a preview of views', () => {
  it('shows the picture itself, or its mirror image, where nothing is cut or recoloured', async () => {
    const { full, small } = await cut(WHOLE)
    expect(small).toHaveLength(0)
    for (const index of [0, 1, 2]) {
      const values = view(full, index)
      const left = pixel(values, 0, 4)
      expect([[0, 32, 90, 255], [248, 32, 90, 255]]).toContainEqual(left)
      expect(pixel(values, 31, 4)[0]).toBe(248 - left[0]!)
    }
  })

  it('cuts as many small views as are asked for, and none of them moves another view', async () => {
    const some = await cut({ smallViews: 2, smallViewSize: 12 })
    const more = await cut({ smallViews: 3, smallViewSize: 12 })
    expect(some.small).toHaveLength(2 * 12 * 12 * 4)
    expect(more.small.slice(0, some.small.length)).toEqual(some.small)
    expect(more.full).toEqual(some.full)
    expect(some.smallSide).toBe(12)
  })

  it('moves the global views by their own settings alone', async () => {
    const plain = await cut({})
    const gray = await cut({ grayscale: 1 })
    expect(view(gray.full, 0)).toEqual(view(plain.full, 0))
    for (const index of [1, 2]) {
      const [red, green, blue] = pixel(view(gray.full, index), 9, 9)
      expect(Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!)).toBeLessThanOrEqual(1)
    }
    const labelled = await cut({ labelledGrayscale: 1 })
    expect(view(labelled.full, 1)).toEqual(view(plain.full, 1))
    expect(view(labelled.full, 0)).not.toEqual(view(plain.full, 0))
  })

  it('repeats itself, is another with another throw, and leaves no tensor', async () => {
    const before = memory().numTensors
    expect(await cut({ smallViews: 2 })).toEqual(await cut({ smallViews: 2 }))
    expect((await cut({}, 2)).full).not.toEqual((await cut({}, 1)).full)
    expect(memory().numTensors).toBe(before)
  })
})
