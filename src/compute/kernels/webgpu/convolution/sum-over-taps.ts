import { programFor, type Program } from '../program'
import { elementOf, quadsOf, readQuad, writeQuad } from '../quads'

/** The pictures, and the network’s side of a convolution, as a program’s constants. */
export type Sizes = [
  batch: number, height: number, width: number, channels: number, outHeight: number, outWidth: number, outputs: number,
  filterHeight: number, filterWidth: number, stride: number, top: number, left: number,
]

/** What one thread keeps in its registers: so many pixels by four times so many channels. */
export type Tile = [pixels: number, quads: number]

/** How the work of a sum is laid out; all ways add in the same order, so that their results are the same. */
export interface Shape {
  tile: Tile
  /** A workgroup reads the weights of a tap once, into memory that its threads share; else each thread reads them. */
  shared: boolean
}

export const THREADS = 64

export const range = (count: number) => Array.from({ length: count }, (_, i) => i)

/**
 * A convolution, y[b,oy,ox,o] = Σ x[b, oy·s+ky−top, ox·s+kx−left, c]·w[ky,kx,c,o], or its gradient in the input, the same
 * sum with x and y exchanged. A thread takes a few pixels of all the batch’s and a few channels, and needs no other’s
 * numbers; `staged` is how many fours of channels the threads of a workgroup read weights of together, 0 for none. Pixels of the gradient are taken in the order of their phase in the stride: those
 * that see the same taps lie together.
 */
export const sumOverTaps = programFor((
  direction: 'forward' | 'back', pixels: number, quads: number, staged: number,
  ...[batch, height, width, channels, outHeight, outWidth, outputs, filterHeight, filterWidth, stride, top, left]: Sizes
): Program => {
  const forward = direction === 'forward'
  const from = forward ? { height, width, channels } : { height: outHeight, width: outWidth, channels: outputs }
  const to = forward ? { height: outHeight, width: outWidth, channels: outputs } : { height, width, channels }
  const phases = forward ? 1 : stride
  const [down, across] = [Math.ceil(to.height / phases), Math.ceil(to.width / phases)]
  const count = phases ** 2 * batch * down * across
  const [quadsFrom, quadsTo] = [quadsOf(from.channels), quadsOf(to.channels)]
  const columns = Math.ceil(quadsTo / quads)

  const place = (i: number) => `
  let n${i} = first + ${i}u;
  let phase${i} = n${i} / ${batch * down * across}u;
  let b${i} = i32(n${i} / ${down * across}u % ${batch}u);
  let y${i} = i32(n${i} / ${across}u % ${down}u * ${phases}u + phase${i} / ${phases}u);
  let x${i} = i32(n${i} % ${across}u * ${phases}u + phase${i} % ${phases}u);
  let exists${i} = (n${i} < ${count}u) & (y${i} < ${to.height}) & (x${i} < ${to.width});`

  const source = (axis: string, i: number, tap: string, before: number) => forward
    ? `let ${axis}From${i} = ${axis}${i} * ${stride} + ${tap} - ${before};`
    : `let ${axis}Up${i} = ${axis}${i} + ${before} - ${tap};
      let ${axis}From${i} = ${axis}Up${i} / ${stride};`
  const meets = (i: number) => forward || stride === 1 ? '' : ` & (xUp${i} % ${stride} == 0) & (yUp${i} % ${stride} == 0)`
  const notNegative = (axis: string, i: number) => `(${axis}${forward ? 'From' : 'Up'}${i} >= 0)`
  const tapPlace = (i: number) => `
      ${source('y', i, 'ky', top)}
      ${source('x', i, 'kx', left)}
      let in${i} = exists${i} & ${notNegative('y', i)} & ${notNegative('x', i)} & (yFrom${i} < ${from.height}) & (xFrom${i} < ${from.width})${meets(i)};
      let at${i} = select(0u, u32((b${i} * ${from.height} + yFrom${i}) * ${from.width} + xFrom${i}), in${i});`

  // Conditions without `&&` and `||`, which would be branches.
  // A row of the filter holds the outputs of one tap and channel.
  const weights = staged > 0 ? stagedWeights(forward, staged, quadsTo) : forward
    ? (j: number, q: number) => `wQuad(tap * ${channels}u + 4u * quad + ${j}u, quadTo + ${q}u)`
    : (j: number, q: number) => `wQuad(tap * ${channels}u + 4u * (quadTo + ${q}u) + ${j}u, quad)`
  const product = (i: number) => forward
    ? `p${i}.x * w0 + p${i}.y * w1 + p${i}.z * w2 + p${i}.w * w3`
    : `vec4<f32>(dot(p${i}, w0), dot(p${i}, w1), dot(p${i}, w2), dot(p${i}, w3))`

  return {
    name: forward ? 'a convolution' : 'the gradient of a convolution in its input',
    reads: { x: elementOf(from.channels), w: elementOf(outputs) },
    writes: { y: elementOf(to.channels) },
    threads: THREADS,
    code: `
${readQuad('x', from.channels)}
${readQuad('w', outputs)}
${writeQuad('y', to.channels)}
${staged > 0 ? `var<workgroup> weights: array<vec4<f32>, ${4 * staged * quadsTo}>;` : ''}
fn run(group: u32, thread: u32) {
  let number = group * ${THREADS}u + thread;
  let quadTo = number % ${columns}u * ${quads}u;
  let first = number / ${columns}u * ${pixels}u;
  ${staged > 0 ? '' : `if (first >= ${count}u) { return; }`}
  ${range(pixels).map(place).join('')}
  ${range(pixels).flatMap((i) => range(quads).map((q) => `var sum${i}_${q} = vec4<f32>(0.0);`)).join('\n  ')}
  for (var ky = 0; ky < ${filterHeight}; ky++) {
    for (var kx = 0; kx < ${filterWidth}; kx++) {
      ${range(pixels).map(tapPlace).join('')}
      ${staged > 0 ? '' : `if (!(${range(pixels).map((i) => `in${i}`).join(' | ')})) { continue; }`}
      let tap = u32(ky * ${filterWidth} + kx);
      for (var start = 0u; start < ${quadsFrom}u; start += ${staged || quadsFrom}u) {
      ${staged > 0 ? stage(forward, staged, quadsTo, channels) : ''}
      for (var quad = start; quad < min(${quadsFrom}u, start + ${staged || quadsFrom}u); quad++) {
        ${range(pixels).map((i) => `let p${i} = select(vec4<f32>(0.0), xQuad(at${i}, quad), in${i});`).join('\n        ')}
        ${range(quads).map((q) => `{
          ${range(4).map((j) => `let w${j} = ${weights(j, q)};`).join(' ')}
          ${range(pixels).map((i) => `sum${i}_${q} += ${product(i)};`).join('\n          ')}
        }`).join('\n        ')}
      }
      }
    }
  }
  ${range(pixels).map((i) => `if (exists${i}) {
    let to = u32((b${i} * ${to.height} + y${i}) * ${to.width} + x${i});
    ${range(quads).map((q) => `set_y(to, quadTo + ${q}u, sum${i}_${q});`).join(' ')}
  }`).join('\n  ')}
}`,
  }
})

/** WGSL that fetches the weights of a tap and of `staged` fours of channels from `start` on. */
function stage(forward: boolean, staged: number, quadsTo: number, channels: number): string {
  const source = forward
    ? `wQuad(tap * ${channels}u + 4u * start + i / ${quadsTo}u, i % ${quadsTo}u)`
    : `wQuad(tap * ${channels}u + i / ${staged}u, start + i % ${staged}u)`
  return `workgroupBarrier();
      for (var i = thread; i < ${4 * staged * quadsTo}u; i += ${THREADS}u) { weights[i] = ${source}; }
      workgroupBarrier();`
}

/** WGSL of the weights that `stage` has fetched; a four behind the last is written nowhere and may be any. */
function stagedWeights(forward: boolean, staged: number, quadsTo: number): (j: number, q: number) => string {
  const to = (q: number) => `min(quadTo + ${q}u, ${quadsTo - 1}u)`
  return forward
    ? (j, q) => `weights[(4u * (quad - start) + ${j}u) * ${quadsTo}u + ${to(q)}]`
    : (j, q) => `weights[(4u * ${to(q)} + ${j}u) * ${staged}u + quad - start]`
}

/** Memory that every device gives a workgroup, in vectors of four. */
const WORKGROUP_QUADS = 16_384 / 16

/** For how many fours of channels the weights of one tap fit into a workgroup’s memory; 0 where they do not. */
export function stagedQuads(direction: 'forward' | 'back', [, , , channels, , , outputs]: Sizes): number {
  const [from, to] = direction === 'forward' ? [channels, outputs] : [outputs, channels]
  return Math.min(quadsOf(from), Math.floor(WORKGROUP_QUADS / (4 * quadsOf(to))))
}

/** How many workgroups of `sumOverTaps` such a tile makes. */
export function groupsOfSum(
  direction: 'forward' | 'back', [pixels, quads]: Tile, [batch, height, width, channels, outHeight, outWidth, outputs, , , stride]: Sizes,
): number {
  const count = direction === 'forward'
    ? batch * outHeight * outWidth
    : stride ** 2 * batch * Math.ceil(height / stride) * Math.ceil(width / stride)
  const columns = Math.ceil(quadsOf(direction === 'forward' ? outputs : channels) / quads)
  return Math.ceil(Math.ceil(count / pixels) * columns / THREADS)
}
