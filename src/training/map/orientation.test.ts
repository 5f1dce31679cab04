import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { randomStream } from '../../data/random'
import { orientedAs } from './orientation'
import { principalPlane, projected, type Rows } from './principal-plane'

const COUNT = 80
const SIZE = 5

/** A cloud whose first two components weigh nearly alike: which comes first is chance. */
function cloud(seed: number, nudge = 0): Rows {
  const draw = randomStream(seed, 'cloud').normal(COUNT * SIZE)
  const moved = randomStream(seed, 'nudge').normal(COUNT * SIZE)
  const deviations = [1, 0.99, 0.4, 0.2, 0.1]
  return { size: SIZE, values: draw.map((z, at) => z * deviations[at % SIZE]! + nudge * moved[at]!) }
}

/** The features as they are in another basis: every column at another place, some mirrored. */
function turned({ values, size }: Rows): Rows {
  const [from, signs] = [[3, 0, 4, 1, 2], [1, -1, 1, 1, -1]]
  return { size, values: values.map((_, at) => values[at - (at % size) + from[at % size]!]! * signs[at % size]!) }
}

function draw(rows: Rows, before?: { axes: Float64Array; pictures: Float32Array }) {
  const found = principalPlane(rows, before?.axes)
  const points = projected(rows, found)
  return before ? orientedAs(found, points, before.pictures) : { plane: found, points }
}

const furthest = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)))

describe('the orientation of a map', () => {
  it('moves no point far when the features move little, though the components turn', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const first = draw(cloud(seed))
      const next = draw(cloud(seed, 0.01), { axes: first.plane.axes, pictures: first.points })
      expect(furthest(first.points, next.points)).toBeLessThan(0.25)
    }), { numRuns: 60 })
  })

  it('does not follow the signs and the order that the components come in', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), fc.boolean(), fc.boolean(), fc.boolean(), (seed, swap, mirrorX, mirrorY) => {
      const rows = cloud(seed)
      const first = draw(rows)
      const [x, y] = [first.plane.axes.slice(0, SIZE), first.plane.axes.slice(SIZE)]
      const signed = (axis: Float64Array, mirrored: boolean) => axis.map((value) => (mirrored ? -value : value))
      const axes = Float64Array.of(...signed(swap ? y : x, mirrorX), ...signed(swap ? x : y, mirrorY))
      const plane = { ...first.plane, axes }
      const next = orientedAs(plane, projected(rows, plane), first.points)
      expect(furthest(first.points, next.points)).toBeLessThan(1e-4)
      expect(furthest(projected(rows, next.plane), next.points)).toBeLessThan(1e-4)
    }), { numRuns: 60 })
  })

  it('does not follow the basis in which a network writes its features', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
      const first = draw(cloud(seed))
      const next = draw(turned(cloud(seed)), { axes: first.plane.axes, pictures: first.points })
      expect(furthest(first.points, next.points)).toBeLessThan(0.05)
    }), { numRuns: 30 })
  })
})
