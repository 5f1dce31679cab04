import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimate } from './decimate'

const limit = 20
const column = fc.array(fc.oneof({ weight: 5, arbitrary: fc.double({ noNaN: true }) }, fc.constant(NaN)), { maxLength: 500 })

function rowsOf(values: number[]) {
  return decimate({ steps: values.map((_, index) => index * 5), values: { loss: values } }, ['loss'], limit)
}
function finite(values: (number | null)[]): number[] {
  return values.filter((value) => value !== null && !Number.isNaN(value)) as number[]
}

describe('decimation', () => {
  it('never gives more rows than the limit, in ascending order, from the first step to the last', () => {
    fc.assert(
      fc.property(column, (values) => {
        const steps = rowsOf(values).map((row) => row.step)
        expect(steps.length).toBe(Math.min(values.length, limit))
        expect(steps).toEqual(steps.toSorted((a, b) => a - b))
        if (values.length === 0) return
        expect(steps[0]).toBe(0)
        expect(steps.at(-1)).toBe((values.length - 1) * 5)
      }),
    )
  })

  it('keeps the least and the greatest value and invents none', () => {
    fc.assert(
      fc.property(column, (values) => {
        const kept = finite(rowsOf(values).map((row) => row.loss))
        const all = finite(values)
        expect(kept.length > 0).toBe(all.length > 0)
        if (all.length === 0) return
        expect(Math.min(...kept)).toBe(Math.min(...all))
        expect(Math.max(...kept)).toBe(Math.max(...all))
        expect(kept.every((value) => all.includes(value))).toBe(true)
      }),
    )
  })

  it('keeps a single spike, rising and falling in the order that it had', () => {
    const values = Array.from({ length: 1_000 }, () => 1)
    values[503] = 9
    values[504] = -9
    const kept = rowsOf(values).map((row) => row.loss)
    expect(kept).toContain(9)
    expect(kept.indexOf(9)).toBeLessThan(kept.indexOf(-9))
  })

  it('leaves a sparse column its values and fills the rest with null', () => {
    const sparse = Array.from({ length: 100 }, (_, index) => (index % 50 === 0 ? index : NaN))
    const kept = rowsOf(sparse).map((row) => row.loss)
    expect(finite(kept)).toEqual(expect.arrayContaining([0, 50]))
    expect(kept).toContain(null)
  })
})
