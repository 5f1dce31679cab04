import fc from 'fast-check'
import { expect, it } from 'vitest'
import { areLabelEdits, LONGEST_EDITS, readLabelEdits, writeLabelEdits } from './label-edits'

const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 60_000 }), { maxLength: 80 })

it('writes edits that read the same, in characters that a link leaves alone', () => {
  fc.assert(fc.property(numbers, numbers, (some, others) => {
    const given = new Set(some)
    const taken = new Set(others.filter((picture) => !given.has(picture)))
    const text = writeLabelEdits({ given, taken })
    expect(readLabelEdits(text)).toEqual({ given, taken })
    expect(new URLSearchParams({ text }).toString()).toBe(`text=${text}`)
    expect(writeLabelEdits(readLabelEdits(text))).toBe(text)
  }))
})

it('is what its description says, and empty for no edit', () => {
  expect(writeLabelEdits({ given: new Set([23, 2, 12]), taken: new Set([4]) })).toBe('3.a.b_5')
  expect(readLabelEdits('3.a*2_5')).toEqual({ given: new Set([2, 12, 22]), taken: new Set([4]) })
  expect(writeLabelEdits({ given: new Set(), taken: new Set() })).toBe('')
})

it('stays short where pictures follow a rule, as a whole class does', () => {
  const aClass = new Set(Array.from({ length: 5_000 }, (_, turn) => 10 * turn + 3))
  expect(writeLabelEdits({ given: aClass, taken: new Set() }).length).toBeLessThan(12)
  const scattered = new Set(Array.from({ length: 2_000 }, (_, turn) => 17 * turn + (turn % 5)))
  expect(writeLabelEdits({ given: scattered, taken: new Set() }).length).toBeLessThan(LONGEST_EDITS)
})

it.each(['x y', '-3', '3..4', '3.', '.3', '0', '3_4_5', '3_3', '3.a*', 'zzzz.zzzz', 'a*zzzz*2', 'A', '3,4', '1*zzzz'])(
  'refuses “%s”', (text) => {
    expect(areLabelEdits(text)).toBe(false)
    expect(() => readLabelEdits(text)).toThrow(RangeError)
  },
)
