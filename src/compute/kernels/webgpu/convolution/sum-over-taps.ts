import { programFor, type Program } from '../program'
import { elementOf, quadsOf, readQuad, writeQuad } from '../quads'

/** The pictures, and the network’s side of a convolution, as a program’s constants. */
export type Sizes = [
  batch: number, height: number, width: number, channels: number, outHeight: number, outWidth: number, outputs: number,
  filterHeight: number, filterWidth: number, stride: number, top: number, left: number,
]

/** What one thread keeps in its registers: so many pixels by four times so many channels. */
export type Tile = [pixels: number, quads: number]

export const THREADS = 64

export const range = (count: number) => Array.from({ length: count }, (_, i) => i)

/**
 * A convolution, y[b,oy,ox,o] = Σ x[b, oy·s+ky−top, ox·s+kx−left, c]·w[ky,kx,c,o], or its gradient in the input, the same
 * sum with x and y exchanged. A thread takes a few pixels of all the batch’s and a few channels, and needs no other’s
 * numbers, so there is no barrier. Pixels of the gradient are taken in the order of their phase in the stride: those
 * that see the same taps lie together.
 */
export const sumOverTaps = programFor((
  direction: 'forward' | 'back', pixels: number, quads: number,
  ...[batch, height, width, channels, outHeight, outWidth, outputs, filterHeight, filterWidth, stride, top, left]: Sizes
): Program => {
  const forward = direction === 'forward'
  const from = forward ? { height, width, channels } : { height: outHeight, width: outWidth, channels: outputs }
  const to = forward ? { height: outHeight, width: outWidth, channels: outputs } : { height, width, channels }
  const phases = forward ? 1 : stride
  const [down, across] = [Math.ceil(to.height / phases), Math.ceil(to.width / phases)]
  const count = phases ** 2 * batch * down * across
  const columns = Math.ceil(quadsOf(to.channels) / quads)

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
  const weights = forward
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
fn run(group: u32, thread: u32) {
  let number = group * ${THREADS}u + thread;
  let quadTo = number % ${columns}u * ${quads}u;
  let first = number / ${columns}u * ${pixels}u;
  if (first >= ${count}u) { return; }
  ${range(pixels).map(place).join('')}
  ${range(pixels).flatMap((i) => range(quads).map((q) => `var sum${i}_${q} = vec4<f32>(0.0);`)).join('\n  ')}
  for (var ky = 0; ky < ${filterHeight}; ky++) {
    for (var kx = 0; kx < ${filterWidth}; kx++) {
      ${range(pixels).map(tapPlace).join('')}
      if (!(${range(pixels).map((i) => `in${i}`).join(' | ')})) { continue; }
      let tap = u32(ky * ${filterWidth} + kx);
      for (var quad = 0u; quad < ${quadsOf(from.channels)}u; quad++) {
        ${range(pixels).map((i) => `let p${i} = select(vec4<f32>(0.0), xQuad(at${i}, quad), in${i});`).join('\n        ')}
        ${range(quads).map((q) => `{
          ${range(4).map((j) => `let w${j} = ${weights(j, q)};`).join(' ')}
          ${range(pixels).map((i) => `sum${i}_${q} += ${product(i)};`).join('\n          ')}
        }`).join('\n        ')}
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
