import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stepTicks } from './ticks'

it.each([
  [0, [0]],
  [3, [0, 1, 2, 3]],
  [412, [0, 100, 200, 300, 400]],
  [1_200, [0, 500, 1_000]],
])('puts round steps up to %d under a chart', (last, ticks) => {
  expect(stepTicks(last)).toEqual(ticks)
})

it('never crowds a chart, however long the run', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), (last) => {
      const ticks = stepTicks(last)
      expect(ticks.length).toBeGreaterThanOrEqual(2)
      expect(ticks.length).toBeLessThanOrEqual(6)
      expect(ticks.at(-1)).toBeLessThanOrEqual(last)
    }),
  )
})
