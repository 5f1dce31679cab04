import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stepAt, xOf, yOf, zoomed, type Frame } from './frame'

const frame: Frame = { size: { width: 346, height: 124 }, range: { from: 100, to: 400 }, axis: { low: 0.1, high: 10, ticks: [] }, log: false }

describe('the frame of a plot', () => {
  it('finds the step under a pointer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 400 }), (step) => {
        expect(stepAt(frame, xOf(frame, step) / frame.size.width)).toBeCloseTo(step)
      }),
    )
    expect([stepAt(frame, 0), stepAt(frame, 1)]).toEqual([100, 400])
  })

  it('stands values on a linear and on a logarithmic axis', () => {
    expect([yOf(frame, 0.1), yOf(frame, 10)]).toEqual([106, 6])
    expect(yOf({ ...frame, log: true }, 1)).toBeCloseTo(56)
  })
})

describe('zooming', () => {
  const whole = { from: 0, to: 1_000 }

  it('halves the range around the cursor, and goes back to the whole', () => {
    expect(zoomed(whole, 400, 0.5, whole)).toEqual({ from: 200, to: 700 })
    expect(zoomed({ from: 200, to: 700 }, 400, 2, whole)).toBeUndefined()
  })

  it('stays within the run, keeps the cursor in sight and never shows too few steps', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0.5, 2)), { maxLength: 20 }), (turns) => {
        let range = whole
        for (const [share, factor] of turns) {
          const around = range.from + share * (range.to - range.from)
          range = zoomed(range, around, factor, whole) ?? whole
          expect(range.from).toBeGreaterThanOrEqual(0)
          expect(range.to).toBeLessThanOrEqual(1_000)
          expect(range.to - range.from).toBeGreaterThanOrEqual(4)
        }
      }),
    )
  })
})
