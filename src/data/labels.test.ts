import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeLabelEdits } from '../recipe/label-edits'
import { createLabelPool, labelsOf } from './labels'

const CLASSES = 10
/** A thousand pictures of ten classes in turn, which the source numbers backwards. */
const pool = createLabelPool({
  classes: Uint8Array.from({ length: 1_000 }, (_, position) => position % CLASSES),
  origins: Int32Array.from({ length: 1_000 }, (_, position) => 999 - position),
  ranks: Int32Array.from({ length: 1_000 }, (_, position) => Math.floor(position / CLASSES)),
}, CLASSES, 3)
const edits = (given: number[], taken: number[]) => writeLabelEdits({ given: new Set(given), taken: new Set(taken) })

describe('the labels of a pool', () => {
  it('are those of the first ranks, and true', () => {
    const { labelled, taught } = labelsOf(pool, { labelsPerClass: 2 })
    expect([...labelled]).toEqual(Array.from({ length: 20 }, (_, position) => position))
    expect(taught).toEqual(pool.classes)
  })

  it('follow edits, which name pictures by their numbers in the source', () => {
    const { labelled } = labelsOf(pool, { labelsPerClass: 1, labels: edits([0, 998, 5_000], [997]) })
    expect([...labelled]).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9, 999])
  })

  it('are wrong in the share that is asked for, never by saying the truth, and the more contain the fewer', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.integer({ min: 4, max: 100 }), (labelNoise, labelsPerClass) => {
      const { labelled, taught } = labelsOf(pool, { labelsPerClass, labelNoise })
      const wrong = labelled.filter((position) => taught[position] !== pool.classes[position])
      expect(Math.abs(wrong.length - labelNoise * labelled.length)).toBeLessThan(2 + 0.06 * labelled.length)
      const more = labelsOf(pool, { labelsPerClass, labelNoise: 0.9 }).taught
      for (const position of wrong) expect(more[position]).toBe(taught[position])
    }))
    const { taught } = labelsOf(pool, { labelsPerClass: 100, labelNoise: 1 })
    expect(taught.some((label, position) => label === pool.classes[position])).toBe(false)
    expect(new Set(taught).size).toBe(CLASSES)
  })

  it('say the same of a picture whoever else has a label', () => {
    const few = labelsOf(pool, { labelsPerClass: 1, labelNoise: 0.5 }).taught
    expect(labelsOf(pool, { labelsPerClass: 9, labelNoise: 0.5, labels: edits([5], []) }).taught).toEqual(few)
  })
})
