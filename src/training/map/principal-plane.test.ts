import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../data/random'
import { momentsOf, principalPlane, projected, type Rows } from './principal-plane'

const rowsOf = (...rows: number[][]): Rows => ({ values: Float32Array.from(rows.flat()), size: rows[0]!.length })

/** Rows of a normal cloud with these deviations along these directions. */
function cloud(count: number, deviations: number[], directions: number[][], seed = 1): Rows {
  const draws = deviations.map((deviation, k) => [...randomStream(seed, `direction ${k}`).normal(count)].map((z) => deviation * z))
  return rowsOf(...Array.from({ length: count }, (_, row) =>
    directions[0]!.map((_, i) => draws.reduce((sum, own, k) => sum + own[row]! * directions[k]![i]!, 0))))
}

describe('moments', () => {
  it('are those of four points by hand', () => {
    const { mean, covariance } = momentsOf(rowsOf([1, 0], [3, 0], [1, 4], [3, 8]))
    expect([...mean]).toEqual([2, 3])
    // Deviations: (−1, −3), (1, −3), (−1, 1), (1, 5).
    expect([...covariance]).toEqual([1, 1, 1, 11])
  })
})

describe('the principal plane', () => {
  it('has the components of a covariance made by hand', () => {
    // Six points at ±3, ±2, ±1 along three directions that stand square: variances 3, 4/3 and 1/3 of 14/3.
    const directions = [[0.6, 0.8, 0], [-0.8, 0.6, 0], [0, 0, 1]]
    const points = [3, 2, 1].flatMap((far, k) => [1, -1].map((sign) => directions[k]!.map((x) => 5 + sign * far * x)))
    const { mean, axes, explained } = principalPlane(rowsOf(...points))
    expect([...mean].map((x) => Number(x.toFixed(5)))).toEqual([5, 5, 5])
    expect(explained[0]).toBeCloseTo(9 / 14, 6)
    expect(explained[1]).toBeCloseTo(4 / 14, 6)
    const [first, second] = [axes.subarray(0, 3), axes.subarray(3)]
    const along = (axis: Float64Array, direction: number[]) => Math.abs(direction.reduce((sum, x, i) => sum + x * axis[i]!, 0))
    expect(along(first, directions[0]!)).toBeCloseTo(1, 5)
    expect(along(second, directions[1]!)).toBeCloseTo(1, 5)
  })

  it('gives points the variances that it names', () => {
    const rows = cloud(400, [2, 1.9, 1, 0.4], [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    const plane = principalPlane(rows)
    const { covariance } = momentsOf({ values: projected(rows, plane), size: 2 })
    const all = momentsOf(rows).covariance
    const total = [0, 5, 10, 15].reduce((sum, at) => sum + all[at]!, 0)
    expect(covariance[0]! / total).toBeCloseTo(plane.explained[0], 5)
    expect(covariance[3]! / total).toBeCloseTo(plane.explained[1], 5)
    expect(covariance[1]).toBeCloseTo(0, 3)
  })

  it('finds a direction that has overtaken those it starts from', () => {
    const directions = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    const before = principalPlane(cloud(300, [3, 2, 0.1], directions))
    const { axes, explained } = principalPlane(cloud(300, [0.1, 2, 3], directions), before.axes)
    expect(Math.abs(axes[2]!)).toBeGreaterThan(0.95)
    expect(explained[0]).toBeGreaterThan(0.6)
  })

  it('is the same from wherever it starts', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), (seed) => {
      const rows = cloud(60, [3, 2, 1, 0.5], [[0.5, 0.5, 0.5, 0.5], [0.5, -0.5, 0.5, -0.5], [0.5, 0.5, -0.5, -0.5], [0.5, -0.5, -0.5, 0.5]], seed)
      const start = Float64Array.from(randomStream(seed, 'start').normal(8))
      const [cold, warm] = [principalPlane(rows), principalPlane(rows, start)]
      expect(warm.explained[0] + warm.explained[1]).toBeCloseTo(cold.explained[0] + cold.explained[1], 4)
    }), { numRuns: 30 })
  })

  it('of rows that are all alike is any plane, which explains nothing', () => {
    const { axes, explained } = principalPlane(rowsOf([1, 2, 3], [1, 2, 3]))
    expect(explained).toEqual([0, 0])
    expect(axes.every(Number.isFinite)).toBe(true)
  })
})
