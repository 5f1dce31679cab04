import fc from 'fast-check'
import { expect, it } from 'vitest'
import { smooth } from './smooth'

it('weighs the past by the formula of the debiased average', () => {
  const [first, second, third] = smooth([4, 2, 8], 0.5)
  expect(first).toBe(4)
  expect(second).toBeCloseTo((0.25 * 4 + 0.5 * 2) / 0.75)
  expect(third).toBeCloseTo((0.125 * 4 + 0.25 * 2 + 0.5 * 8) / 0.875)
})

it('leaves the values alone at weight 0, and a constant at any weight', () => {
  expect([...smooth([1, NaN, 3], 0)]).toEqual([1, NaN, 3])
  for (const value of smooth(Array.from({ length: 50 }, () => 7), 0.95)) expect(value).toBeCloseTo(7, 4)
})

it('stays between the least and the greatest value, and missing where a value is', () => {
  const value = fc.oneof({ weight: 4, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) }, fc.constant(NaN))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), fc.double({ min: 0, max: 0.99, noNaN: true }), (values, weight) => {
      const known = values.filter((one) => !Number.isNaN(one))
      smooth(values, weight).forEach((one, index) => {
        expect(Number.isNaN(one)).toBe(Number.isNaN(values[index]))
        if (Number.isNaN(one)) return
        expect(one).toBeGreaterThanOrEqual(Math.min(...known) - 1e-3)
        expect(one).toBeLessThanOrEqual(Math.max(...known) + 1e-3)
      })
    }),
  )
})
