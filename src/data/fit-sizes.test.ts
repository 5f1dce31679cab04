import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitSizes } from './fit-sizes'
import { PICTURE_BYTES, type PictureSource } from './picture-set'
import { splitPictures } from './split'

function source(counts: readonly number[]): PictureSource {
  const labels = Uint8Array.from(counts.flatMap((count, label) => Array.from({ length: count }, () => label)))
  return { dataset: 'own', classNames: counts.map(String), train: { pixels: new Uint8Array(labels.length * PICTURE_BYTES), labels } }
}

test('every set of five or more pictures a class can be split by the fitted sizes', () => {
  const counts = fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 2, maxLength: 6 })
  const wished = fc.record({ trainSize: fc.integer({ min: 8, max: 400 }), testSize: fc.integer({ min: 2, max: 200 }), labelsPerClass: fc.integer({ min: 1, max: 30 }) })
  fc.assert(fc.property(counts, wished, (each, sizes) => {
    fc.pre(sizes.trainSize >= each.length)
    const fitted = fitSizes(source(each), sizes)
    const split = splitPictures(source(each), { ...fitted, seed: 1 })
    expect(split.train.labels.length).toBe(fitted.trainSize)
    expect(split.test.labels.length).toBe(fitted.testSize)
    expect(fitted.trainSize).toBeLessThanOrEqual(sizes.trainSize)
  }), { numRuns: 60 })
})

test('what a source has is left as it was wished', () => {
  const wished = { trainSize: 80, testSize: 20, labelsPerClass: 4 }
  expect(fitSizes(source([100, 90]), wished)).toEqual(wished)
})
