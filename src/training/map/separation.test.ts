import { describe, expect, it } from 'vitest'
import { separationOf } from './separation'

const rows = (...values: number[]) => ({ values: Float32Array.from(values), size: 2 })

describe('separation', () => {
  it('is the share of the variance between the means of the classes', () => {
    // Class 0 at (0, ±1), class 1 at (2, ±1): 1 of 2 units lie between the means (1, 0) apart from the middle.
    const { betweenClasses } = separationOf(rows(0, 1, 0, -1, 2, 1, 2, -1), [0, 0, 1, 1], 2)
    expect(betweenClasses).toBeCloseTo(0.5, 6)
  })

  it('is 1 where each class is one point, 0 where the classes are mixed or all is one point', () => {
    expect(separationOf(rows(1, 0, 1, 0, 0, 1), [0, 0, 1], 2).betweenClasses).toBeCloseTo(1, 6)
    expect(separationOf(rows(1, 0, 0, 1, 1, 0, 0, 1), [0, 0, 1, 1], 2).betweenClasses).toBeCloseTo(0, 6)
    expect(separationOf(rows(1, 0, 1, 0), [0, 1], 2).betweenClasses).toBe(0)
  })

  it('names the two classes whose means point most alike', () => {
    const { closest } = separationOf(rows(1, 0, 0, 1, 0.6, 0.8), [0, 1, 3], 4)
    expect(closest!.classes).toEqual([1, 3])
    expect(closest!.cosine).toBeCloseTo(0.8, 6)
    expect(separationOf(rows(1, 0), [0], 2).closest).toBeUndefined()
  })
})
