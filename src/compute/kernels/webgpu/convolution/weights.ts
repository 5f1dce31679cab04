import { quadsOf } from '../quads'
import { sidesOf, THREADS, type Direction, type Shape, type Sizes } from './layout'

/** WGSL by which a thread comes to the weights of a row of taps: `w0_0`, `w0_1`, … are tap 0’s. */
export interface WeightSource {
  /** What stands before the function. */
  memory: string
  /** What happens before the channels from `start` on are summed. */
  prepare: string
  /** The weights of tap `kx`, for the channels of `quad` and for those of the q-th four that is written. */
  read(kx: number, q: number): string
}

const ROWS = [0, 1, 2, 3]

export function weightsFor(weights: Shape['weights'], direction: Direction, sizes: Sizes): WeightSource {
  return SOURCES[weights](direction, sizes)
}

const SOURCES: Record<Shape['weights'], (direction: Direction, sizes: Sizes) => WeightSource> = {
  each: (direction, sizes) => ({
    memory: '', prepare: '',
    read: (kx, q) => ROWS.map((j) => `let w${kx}_${j} = ${row(direction, sizes, kx, `${j}u`, q)};`).join(' '),
  }),

  fours: (direction, sizes) => ({
    memory: '', prepare: '',
    read: (kx, q) => `let all${kx} = ${row(direction, sizes, kx, 'thread % 4u', q)}; `
      + ROWS.map((j) => `let w${kx}_${j} = quadBroadcast(all${kx}, ${j}u);`).join(' '),
  }),

  workgroup: (direction, sizes) => {
    const [, , , channels, , , , , filterWidth] = sizes
    const quadsTo = quadsOf(sidesOf(direction, sizes)[1].channels)
    const staged = stagedQuads(direction, sizes)
    const ofTap = 4 * staged * quadsTo
    const forward = direction === 'forward'
    // A four behind the last is written nowhere, and its weights may be any.
    const to = (q: number) => `min(quadTo + ${q}u, ${quadsTo - 1}u)`
    const at = (j: number, q: number) => forward
      ? `(4u * (quad - start) + ${j}u) * ${quadsTo}u + ${to(q)}`
      : `(4u * ${to(q)} + ${j}u) * ${staged}u + quad - start`
    return {
      memory: `var<workgroup> weights: array<vec4<f32>, ${filterWidth * ofTap}>;`,
      prepare: `workgroupBarrier();
    for (var i = thread; i < ${filterWidth * ofTap}u; i += ${THREADS}u) {
      let of = tap + i / ${ofTap}u;
      let k = i % ${ofTap}u;
      weights[i] = ${forward
        ? `wQuad(of * ${channels}u + 4u * start + k / ${quadsTo}u, k % ${quadsTo}u)`
        : `wQuad(of * ${channels}u + k / ${staged}u, start + k % ${staged}u)`};
    }
    workgroupBarrier();`,
      read: (kx, q) => ROWS.map((j) => `let w${kx}_${j} = weights[${kx * ofTap}u + ${at(j, q)}];`).join(' '),
    }
  },
}

/** A row of the filter holds the outputs of one tap and channel: four of them for one of the four channels j. */
function row(direction: Direction, [, , , channels]: Sizes, kx: number, j: string, q: number): string {
  return direction === 'forward'
    ? `wQuad((tap + ${kx}u) * ${channels}u + 4u * quad + ${j}, quadTo + ${q}u)`
    : `wQuad((tap + ${kx}u) * ${channels}u + 4u * (quadTo + ${q}u) + ${j}, quad)`
}

/** Memory that every device gives a workgroup, in vectors of four. */
const WORKGROUP_QUADS = 16_384 / 16

/** For how many fours of channels the weights of a row of taps fit into a workgroup’s memory; 0 where they do not. */
export function stagedQuads(direction: Direction, sizes: Sizes): number {
  const [from, to] = sidesOf(direction, sizes)
  return Math.min(quadsOf(from.channels), Math.floor(WORKGROUP_QUADS / (4 * sizes[8] * quadsOf(to.channels))))
}
