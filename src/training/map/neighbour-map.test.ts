import { describe, expect, it } from 'vitest'
import { randomStream } from '../../data/random'
import { nearestRows } from './nearest-rows'
import { neighbourMap, type NeighbourMapProgress } from './neighbour-map'
import type { Rows } from './principal-plane'

/** Unit rows in three tight groups, by turns. */
function groups(count: number, size = 8): Rows {
  const noise = randomStream(1, 'groups').normal(count * size)
  const values = noise.map((z, at) => 0.05 * z + (at % size === Math.floor(at / size) % 3 ? 1 : 0))
  for (let row = 0; row < count; row++) {
    const own = values.subarray(row * size, (row + 1) * size)
    const length = Math.hypot(...own)
    own.forEach((value, i) => (own[i] = value / length))
  }
  return { values, size }
}

const startOf = (count: number) => randomStream(2, 'start').normal(2 * count)

describe('the nearest rows', () => {
  it('are those of a full search, the row itself first', () => {
    const rows = groups(40)
    for (const row of [0, 17, 39]) {
      const distance = (other: number) => Math.hypot(...Array.from({ length: rows.size }, (_, i) =>
        rows.values[row * rows.size + i]! - rows.values[other * rows.size + i]!))
      const all = Array.from({ length: 40 }, (_, other) => other).sort((a, b) => distance(a) - distance(b))
      const { indices, distances } = nearestRows(rows, row, 6)
      expect(indices).toEqual(all.slice(0, 6))
      distances.forEach((found, i) => expect(found).toBeCloseTo(distance(all[i]!), 3))
    }
  })

  it('put a row before its doubles', () => {
    const doubles = { values: Float32Array.of(1, 0, 1, 0, 1, 0, 0, 1), size: 2 }
    expect(nearestRows(doubles, 1, 2).indices[0]).toBe(1)
  })
})

describe('a map of neighbours', () => {
  const rows = groups(90)
  const all = () => [...neighbourMap({ rows, start: startOf(90), seed: 3 })]

  it('comes bit by bit: first the neighbours, then the layout, up to the whole', () => {
    const told = all()
    expect(told[0]).toEqual({ phase: 'neighbours', share: 0 })
    expect(told.at(-1)).toMatchObject({ phase: 'layout', share: 1 })
    const layout = told.filter((progress) => progress.phase === 'layout')
    expect(layout.length).toBeGreaterThan(100)
    layout.forEach(({ share }, i) => expect(share).toBeGreaterThan(layout[i - 1]?.share ?? 0))
  })

  it('begins where it is told, ends with the groups apart, and is the same again', () => {
    const told = all().filter((progress): progress is Extract<NeighbourMapProgress, { phase: 'layout' }> => progress.phase === 'layout')
    const last = told.at(-1)!.points
    expect(all().at(-1)).toEqual(told.at(-1))
    const at = (points: Float32Array, i: number) => [points[2 * i]!, points[2 * i + 1]!] as const
    const distance = (i: number, j: number) => Math.hypot(at(last, i)[0] - at(last, j)[0], at(last, i)[1] - at(last, j)[1])
    for (let i = 0; i < 90; i++) {
      const nearest = Array.from({ length: 90 }, (_, j) => j).filter((j) => j !== i).sort((a, b) => distance(i, a) - distance(i, b))[0]!
      expect(nearest % 3).toBe(i % 3)
    }
    // The first epoch moves a point little.
    const start = startOf(90)
    const greatest = Math.max(...start.map(Math.abs))
    expect(Math.abs(told[0]!.points[0]! - (10 * start[0]!) / greatest)).toBeLessThan(5)
  })
})
