import { lengthOf } from './shape-forms'

/**
 * A texture: how much of the second colour shows at a place, 0 to 1. The place counts in periods of the
 * pattern; `pixel` is the length of a pixel in periods, over which edges blend.
 */
export type Texture = (u: number, v: number, pixel: number) => number

const { abs, floor, imul, max } = Math

/** The textures by name, in the order of their labels. */
export const TEXTURES: Record<string, Texture> = {
  plain: () => 0,
  stripes: band,
  checks: (u, v, pixel) => {
    const one = band(u, v, pixel)
    const other = band(v, u, pixel)
    return one + other - 2 * one * other
  },
  dots: (u, v, pixel) => filled(lengthOf(within(u), within(v)) - 0.32, pixel),
  rings: (u, v, pixel) => band(lengthOf(u, v), 0, pixel),
  zigzag: (u, v, pixel) => band(v + 2 * abs(within(u / 2)), 0, pixel),
  grid: (u, v, pixel) => max(line(u, pixel), line(v, pixel)),
  gradient: (u) => Math.min(Math.max(0.5 + 0.22 * u, 0), 1),
  speckle: (u, v) => speck(floor(3 * u), floor(3 * v)),
  bricks: (u, v, pixel) => max(line(1.4 * v, pixel), line(u / 1.4 + 0.5 * (floor(1.4 * v + 0.5) & 1), pixel)),
}

/** Distance from the middle of one’s period: -0.5 to 0.5. */
function within(u: number): number {
  return u - floor(u) - 0.5
}

function filled(distance: number, pixel: number): number {
  return Math.min(Math.max(0.5 - distance / pixel, 0), 1)
}

function band(u: number, _v: number, pixel: number): number {
  return filled(abs(within(u)) - 0.25, pixel)
}

function line(u: number, pixel: number): number {
  return filled(0.36 - abs(within(u)), pixel)
}

/** A number of the cell’s own, by integer mixing (constants of MurmurHash3). */
function speck(column: number, row: number): number {
  let mixed = imul(column, 0x85ebca6b) ^ imul(row, 0xc2b2ae35)
  mixed = imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 4_294_967_296
}
