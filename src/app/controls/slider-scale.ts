import type { NumberField } from '../../recipe/field'

/** Positions of a log slider: every arrow key moves by one of them. */
export const POSITIONS = 240

/** Where a value stands on the field’s log slider, from 0 to POSITIONS. */
export function positionOf(field: NumberField, value: number): number {
  const span = Math.log(field.maximum / field.minimum)
  return Math.round((POSITIONS * Math.log(value / field.minimum)) / span)
}

/**
 * The value at a position of the log slider, rounded to the field’s step. Where positions are closer together than
 * steps, a movement away from `current` still reaches the next step, so that no key press is lost.
 */
export function valueAt(field: NumberField, position: number, current: number): number {
  const exact = field.minimum * (field.maximum / field.minimum) ** (position / POSITIONS)
  const value = toStep(field, exact)
  const direction = Math.sign(position - positionOf(field, current))
  return value === current ? toStep(field, current + direction * field.step) : value
}

/** The nearest multiple of the field’s step within its range. */
export function toStep(field: NumberField, value: number): number {
  const multiple = Math.round(value / field.step) * field.step
  const clamped = Math.min(field.maximum, Math.max(field.minimum, multiple))
  return Number(clamped.toPrecision(10))
}
