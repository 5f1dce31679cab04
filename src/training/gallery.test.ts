import { describe, expect, it } from 'vitest'
import { PICTURE_BYTES } from '../data/picture-set'
import type { Split } from '../data/split'
import { chooseGallery } from './gallery'

/** Pictures whose class is their position modulo `classes`. */
function split(train: number, test: number, classes: number, labelled: number[]): Pick<Split, 'train' | 'test' | 'labelled'> {
  const set = (count: number) => ({ pixels: new Uint8Array(PICTURE_BYTES), labels: Uint8Array.from({ length: count }, (_, i) => i % classes) })
  return { train: set(train), test: set(test), labelled: Int32Array.from(labelled) }
}

describe('the gallery', () => {
  it('has every picture of a small run once, labelled ones of every class first', () => {
    const { train, test } = chooseGallery(split(12, 6, 3, [5, 9, 7]), 1)
    expect([...train.subarray(0, 3)].toSorted((a, b) => a - b)).toEqual([5, 7, 9])
    expect([...train].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, i) => i))
    expect(test).toHaveLength(6)
  })

  it('of a large run is balanced, and repeats itself from the seed alone', () => {
    const large = split(5_000, 1_000, 10, [])
    const { train, test } = chooseGallery(large, 1)
    const perClass = (positions: Int32Array) => Array.from({ length: 10 }, (_, label) => positions.filter((p) => p % 10 === label).length)
    expect(perClass(train)).toEqual(Array(10).fill(200))
    expect(new Set(train).size).toBe(2_000)
    expect(perClass(test).toSorted()).toEqual([2, 2, 2, 2, 2, 2, 3, 3, 3, 3])
    expect(chooseGallery(large, 1)).toEqual({ train, test })
    expect(chooseGallery(large, 2).train).not.toEqual(train)
  })
})
