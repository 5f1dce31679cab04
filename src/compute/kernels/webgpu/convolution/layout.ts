import { quadsOf } from '../quads'

/** The pictures, and the network’s side of a convolution, as a program’s constants. */
export type Sizes = [
  batch: number, height: number, width: number, channels: number, outHeight: number, outWidth: number, outputs: number,
  filterHeight: number, filterWidth: number, stride: number, top: number, left: number,
]

/** What one thread keeps in its registers: so many pixels of a row by four times so many channels. */
export type Tile = [pixels: number, quads: number]

/**
 * How the work of a sum is laid out; all ways add in the same order, so that their results are the same. The weights of a
 * row of taps are read by each thread for itself; once for all threads of a workgroup, into its memory; or by four threads
 * together, which tell each other.
 */
export interface Shape {
  tile: Tile
  weights: 'each' | 'workgroup' | 'fours'
}

export type Direction = 'forward' | 'back'

export const THREADS = 64

export const range = (count: number) => Array.from({ length: count }, (_, i) => i)

interface Side {
  height: number
  width: number
  channels: number
}

/** What the sum reads and what it writes. */
export function sidesOf(direction: Direction, [, height, width, channels, outHeight, outWidth, outputs]: Sizes): [from: Side, to: Side] {
  const [inside, outside] = [{ height, width, channels }, { height: outHeight, width: outWidth, channels: outputs }]
  return direction === 'forward' ? [inside, outside] : [outside, inside]
}

/** A pixel of a strip meets a column of what is read in a tap of the row. */
export interface Use {
  pixel: number
  kx: number
  /** Its number among the columns. */
  column: number
}

/** A column that a strip reads, counted from where the strip begins. */
export interface Column {
  at: number
  /** Whether it is outside of the picture for some strip. */
  mayLie: 'inside' | { before: boolean; behind: boolean }
}

/** Which columns a strip of so many pixels reads, and for which of its pixels and taps. */
export function stripOf(direction: Direction, pixels: number, sizes: Sizes): { uses: Use[]; columns: Column[] } {
  const [filterWidth, stride, , left] = sizes.slice(8) as [number, number, number, number]
  const [from, to] = sidesOf(direction, sizes)
  const strips = Math.ceil(to.width / pixels)
  const met = range(pixels).flatMap((pixel) => range(filterWidth).map((kx) => {
    const at = direction === 'forward' ? pixel * stride + kx - left : (pixel + left - kx) / stride
    return { pixel, kx, at }
  })).filter(({ at }) => Number.isInteger(at))
  const places = [...new Set(met.map(({ at }) => at))].sort((a, b) => a - b)
  const last = direction === 'forward' ? (strips - 1) * pixels * stride : (strips - 1) * pixels / stride
  return {
    uses: met.map(({ pixel, kx, at }) => ({ pixel, kx, column: places.indexOf(at) })),
    columns: places.map((at) => {
      const [before, behind] = [at < 0, last + at >= from.width]
      return { at, mayLie: before || behind ? { before, behind } : 'inside' }
    }),
  }
}

/** The tile, no larger than the work: a strip begins where a column that is read does, so strides divide it. */
export function tileFor([pixels, quads]: Tile, direction: Direction, sizes: Sizes): Tile {
  const [, to] = sidesOf(direction, sizes)
  const stride = direction === 'forward' ? 1 : sizes[9]
  return [Math.max(1, Math.floor(Math.min(pixels, to.width + stride - 1) / stride)) * stride, Math.min(quads, quadsOf(to.channels))]
}

/** How many strips there are, and how many threads share one, a few of its channels each. */
export function stripsOf([pixels, quads]: Tile, direction: Direction, sizes: Sizes): { all: number; across: number } {
  const [, to] = sidesOf(direction, sizes)
  return { all: sizes[0] * to.height * Math.ceil(to.width / pixels), across: Math.ceil(quadsOf(to.channels) / quads) }
}

export const inFours = (count: number) => 4 * Math.ceil(count / 4)

/** How many workgroups of `sumOverTaps` such a tile makes. */
export function groupsOfSum(weights: Shape['weights'], tile: Tile, direction: Direction, sizes: Sizes): number {
  const { all, across } = stripsOf(tile, direction, sizes)
  return Math.ceil((weights === 'fours' ? inFours(all) : all) * across / THREADS)
}
