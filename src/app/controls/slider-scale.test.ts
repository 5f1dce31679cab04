import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_NAMES, fieldOf } from '../../recipe/recipe'
import { POSITIONS, positionOf, valueAt } from './slider-scale'

const logFields = FIELD_NAMES.map(fieldOf).flatMap((field) =>
  field.kind === 'number' && field.scale === 'log' ? [field] : [],
)
const anyField = fc.constantFrom(...logFields)

describe('a log slider', () => {
  it('reaches both ends of its range', () => {
    for (const field of logFields) {
      expect(valueAt(field, 0, field.default)).toBe(field.minimum)
      expect(valueAt(field, POSITIONS, field.default)).toBe(field.maximum)
    }
  })

  it('moves with every key press, in the direction of the key, within its range', () => {
    fc.assert(
      fc.property(anyField, fc.integer({ min: 0, max: POSITIONS }), fc.constantFrom(-1, 1), (field, start, key) => {
        const current = valueAt(field, start, field.default)
        const next = valueAt(field, positionOf(field, current) + key, current)
        if (current === (key < 0 ? field.minimum : field.maximum)) return
        expect(Math.sign(next - current)).toBe(key)
        expect(next).toBeGreaterThanOrEqual(field.minimum)
        expect(next).toBeLessThanOrEqual(field.maximum)
      }),
    )
  })
})
