import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { linearAxis, logAxis, shareAxis, stepTicks } from './ticks'

describe('steps', () => {
  it.each([
    [0, 0, [0]],
    [0, 3, [0, 1, 2, 3]],
    [0, 412, [0, 100, 200, 300, 400]],
    [0, 1_200, [0, 500, 1_000]],
    [130, 171, [130, 140, 150, 160, 170]],
  ])('from %d to %d are round', (from, to, ticks) => {
    expect(stepTicks({ from, to })).toEqual(ticks)
  })

  it('never crowd a chart, however long the run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }), (from, length) => {
        const ticks = stepTicks({ from, to: from + length })
        expect(ticks.length).toBeGreaterThanOrEqual(1)
        expect(ticks.length).toBeLessThanOrEqual(6)
        for (const tick of ticks) expect(tick >= from && tick <= from + length).toBe(true)
      }),
    )
  })
})

describe('values', () => {
  const value = fc.double({ min: 1e-3, max: 1e3, noNaN: true })

  it('are all on a linear axis, between few round ticks', () => {
    fc.assert(
      fc.property(value, value, fc.boolean(), (one, other, fromZero) => {
        const { low, high, ticks } = linearAxis(Math.min(one, other), Math.max(one, other), fromZero)
        expect(low).toBeLessThanOrEqual(fromZero ? 0 : Math.min(one, other))
        expect(high).toBeGreaterThanOrEqual(Math.max(one, other) * (1 - 1e-6))
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(6)
      }),
    )
    expect(linearAxis(0.5, 2.3, true)).toEqual({ low: 0, high: 3, ticks: [0, 1, 2, 3] })
  })

  it('are all on a logarithmic axis', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const { low, high, ticks } = logAxis(Math.min(one, other), Math.max(one, other))
        expect(low).toBeGreaterThan(0)
        expect(low).toBeLessThan(Math.min(one, other))
        expect(high).toBeGreaterThan(Math.max(one, other))
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(5)
        for (const tick of ticks) expect(tick >= low && tick <= high).toBe(true)
      }),
    )
    expect(logAxis(0.5, 6).ticks).toEqual([0.5, 1, 2, 5])
  })

  it('are shares up to the first tick above them', () => {
    expect(shareAxis(0.12).ticks).toEqual([0, 0.1, 0.2])
    expect(shareAxis(1).ticks.at(-1)).toBe(1)
  })
})
