import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  frameOf, isInside, moved, nearestPlaces, onPlot, placeTowards, placesInside, seenThrough, spotOf, steadyFrame, WHOLE, zoomed, type Spot,
} from './geometry'

const SIZE = { width: 400, height: 200 }
const spots = (...pairs: [number, number][]): Spot[] => pairs.map(([x, y]) => ({ x, y }))

describe('a lasso', () => {
  const square = spots([10, 10], [30, 10], [30, 30], [10, 30])
  /** A C that opens to the right. */
  const hook = spots([0, 0], [40, 0], [40, 10], [10, 10], [10, 30], [40, 30], [40, 40], [0, 40])

  it('holds what lies inside, not what lies in a bay', () => {
    expect(spots([20, 20], [11, 29]).map((spot) => isInside(spot, square))).toEqual([true, true])
    expect(spots([5, 20], [20, 31], [31, 9]).map((spot) => isInside(spot, square))).toEqual([false, false, false])
    expect(spots([5, 20], [30, 5], [30, 35]).map((spot) => isInside(spot, hook))).toEqual([true, true, true])
    expect(spots([25, 20], [50, 20]).map((spot) => isInside(spot, hook))).toEqual([false, false])
    expect(placesInside(Float32Array.of(20, 20, 5, 5, 15, 15), 2, square)).toEqual([0])
  })

  it('does not care where it begins, which way it winds, or where it lies', () => {
    const pixel = fc.integer({ min: -100, max: 100 })
    const corner = fc.record({ x: pixel, y: pixel })
    // On no edge: where one begins is a matter of taste.
    const spot = corner.map(({ x, y }) => ({ x: x + Math.SQRT2 / 4, y: y + 0.5 }))
    fc.assert(fc.property(fc.array(corner, { minLength: 3, maxLength: 12 }), spot, fc.nat(11), (polygon, at, from) => {
      const inside = isInside(at, polygon)
      const start = from % polygon.length
      expect(isInside(at, [...polygon.slice(start), ...polygon.slice(0, start)])).toBe(inside)
      expect(isInside(at, polygon.toReversed())).toBe(inside)
    }))
  })
})

describe('the frame of a map', () => {
  it('holds every point, and leaves out what is no number', () => {
    const frame = frameOf(Float32Array.of(0, 0, 4, 2, NaN, NaN))
    expect(frame).toEqual({ x: 2, y: 1, halfWidth: 2, halfHeight: 1 })
    const places = onPlot(Float32Array.of(0, 0, 4, 2), frame, SIZE)
    // The height decides: 156 pixels for 2 units, in both directions; up is up.
    expect([...places]).toEqual([200 - 156, 178, 200 + 156, 22])
  })

  it('is steady until the points leave it or shrink in it', () => {
    const before = frameOf(Float32Array.of(-1, -1, 1, 1))
    expect(steadyFrame(Float32Array.of(-0.8, -0.2, 0.7, 0.9), before)).toBe(before)
    expect(steadyFrame(Float32Array.of(-1, -1, 1.1, 1), before)).not.toBe(before)
    expect(steadyFrame(Float32Array.of(-0.1, -0.1, 0.1, 0.1), before).halfWidth).toBeCloseTo(0.1)
  })
})

describe('looking closer', () => {
  it('keeps what is under the pointer there', () => {
    const whole = Float32Array.of(230, 120)
    const near = zoomed(zoomed(WHOLE, 2, { x: 230, y: 120 }, SIZE), 3, { x: 230, y: 120 }, SIZE)
    expect(near.zoom).toBe(6)
    const seen = seenThrough(near, SIZE, whole)
    expect(seen[0]).toBeCloseTo(230, 4)
    expect(seen[1]).toBeCloseTo(120, 4)
  })

  it('moves along with the hand, no further than to the edge, and comes back to the whole', () => {
    const near = zoomed(WHOLE, 4, { x: 200, y: 100 }, SIZE)
    const place = Float32Array.of(200, 100)
    const after = seenThrough(moved(near, { x: 30, y: -10 }, SIZE), SIZE, place)
    expect([...after]).toEqual([230, 90])
    expect(moved(near, { x: 10_000, y: 0 }, SIZE).x).toBe(-150)
    expect(zoomed(moved(near, { x: 50, y: 50 }, SIZE), 1 / 8, { x: 0, y: 0 }, SIZE)).toMatchObject({ zoom: 1 })
  })
})

describe('walking and pointing', () => {
  const places = Float32Array.of(100, 100, 120, 104, 150, 100, 100, 60, 60, 160)

  it('leads to the nearest place ahead, or nowhere', () => {
    const right = placeTowards(places, 5, 0, { x: 1, y: 0 })
    expect([right, placeTowards(places, 5, 0, { x: 0, y: -1 }), placeTowards(places, 5, 0, { x: 0, y: 1 })]).toEqual([1, 3, 4])
    expect(placeTowards(places, 5, 2, { x: 1, y: 0 })).toBe(2)
    expect(placeTowards(places, 3, 0, { x: 0, y: -1 })).toBe(0)
  })

  it('finds the nearest places within reach', () => {
    expect(nearestPlaces(places, 5, spotOf(places, 1), 2)).toEqual([1, 0])
    expect(nearestPlaces(places, 5, { x: 300, y: 300 }, 1, 12)).toEqual([])
  })
})
