import { programFor, type Program } from '../program'
import { elementOf, quadsOf, readQuad, writeQuad } from '../quads'
import { range, THREADS, type Sizes, type Tile } from './sum-over-taps'

/** About so many threads share the long sum over all pixels of the batch. */
const SHARERS = 8_192

/**
 * The gradient of a convolution in its filter, dw[ky,kx,c,o] = Σ x[b, oy·s+ky−top, ox·s+kx−left, c]·dy[b,oy,ox,o]. A thread
 * takes one tap, a few channels and a few outputs, and some of the batch’s rows; `sumOfParts` adds up what they found,
 * always in the same order.
 */
export const filterGradientParts = programFor((
  parts: number, channelQuads: number, outputQuads: number,
  ...[batch, height, width, channels, outHeight, outWidth, outputs, filterHeight, filterWidth, stride, top, left]: Sizes
): Program => {
  const taps = filterHeight * filterWidth
  const [down, across] = tilesOf([channelQuads, outputQuads], channels, outputs)
  const sums = range(4 * channelQuads).flatMap((c) => range(outputQuads).map((q) => ({ c, q })))
  return {
    name: 'the gradient of a convolution in its filter',
    reads: { x: elementOf(channels), dy: elementOf(outputs) },
    writes: { dw: elementOf(outputs) },
    threads: THREADS,
    code: `
${readQuad('x', channels)}
${readQuad('dy', outputs)}
${writeQuad('dw', outputs)}
fn run(group: u32, thread: u32) {
  let number = group * ${THREADS}u + thread;
  let o = number % ${across}u * ${outputQuads}u;
  let c = number / ${across}u % ${down}u * ${channelQuads}u;
  let tap = number / ${across * down}u % ${taps}u;
  let part = number / ${across * down * taps}u;
  if (part >= ${parts}u) { return; }
  let ky = i32(tap / ${filterWidth}u);
  let shift = i32(tap % ${filterWidth}u) - ${left};
  // Outputs whose pixel lies inside; division rounds towards zero, so its numerator may not be negative.
  let first = max(0, (${stride - 1} - shift) / ${stride});
  let last = min(${outWidth}, max(0, ${width - 1 + stride} - shift) / ${stride});
  let begin = part * ${batch * outHeight}u / ${parts}u;
  let end = (part + 1u) * ${batch * outHeight}u / ${parts}u;
  ${sums.map(({ c, q }) => `var sum${c}_${q} = vec4<f32>(0.0);`).join('\n  ')}
  for (var row = begin; row < end; row++) {
    let y = i32(row % ${outHeight}u) * ${stride} + ky - ${top};
    if (y < 0 || y >= ${height}) { continue; }
    var at = u32((i32(row / ${outHeight}u) * ${height} + y) * ${width} + first * ${stride} + shift);
    var dyAt = row * ${outWidth}u + u32(first);
    for (var column = first; column < last; column++) {
      ${range(channelQuads).map((i) => `let p${i} = xQuad(at, c + ${i}u);`).join(' ')}
      ${range(outputQuads).map((q) => `let g${q} = dyQuad(dyAt, o + ${q}u);`).join(' ')}
      ${sums.map(({ c, q }) => `sum${c}_${q} += p${c >> 2}[${c & 3}] * g${q};`).join('\n      ')}
      at += ${stride}u;
      dyAt += 1u;
    }
  }
  let row = (part * ${taps}u + tap) * ${channels}u + 4u * c;
  ${range(4 * channelQuads).map((j) => `if (4u * c + ${j}u < ${channels}u) { ${range(outputQuads).map((q) => `set_dw(row + ${j}u, o + ${q}u, sum${j}_${q});`).join(' ')} }`).join('\n  ')}
}`,
  }
})

/** Into how many parts the sum is cut, and how many workgroups that makes. */
export function partsOf(
  tile: Tile, [batch, , , channels, outHeight, , outputs, filterHeight, filterWidth]: Sizes,
): { parts: number; groups: number } {
  const [down, across] = tilesOf(tile, channels, outputs)
  const threads = filterHeight * filterWidth * down * across
  const parts = Math.max(1, Math.min(batch * outHeight, Math.round(SHARERS / threads)))
  return { parts, groups: Math.ceil(parts * threads / THREADS) }
}

function tilesOf([channelQuads, outputQuads]: Tile, channels: number, outputs: number): [down: number, across: number] {
  return [Math.ceil(quadsOf(channels) / channelQuads), Math.ceil(quadsOf(outputs) / outputQuads)]
}

/** Σ over the parts, [parts, size] → [size]. */
export const sumOfParts = programFor((parts: number, size: number): Program => {
  const element = elementOf(size)
  const count = element === 'f32' ? size : size / 4
  return {
    name: 'the sum of a filter’s gradient',
    reads: { part: element },
    writes: { sum: element },
    threads: THREADS,
    code: `fn run(group: u32, thread: u32) {
  let i = group * ${THREADS}u + thread;
  if (i >= ${count}u) { return; }
  var all = part[i];
  for (var p = 1u; p < ${parts}u; p++) { all += part[p * ${count}u + i]; }
  sum[i] = all;
}`,
  }
})

export function groupsOfSumOfParts(size: number): number {
  return Math.ceil((size % 4 === 0 ? size / 4 : size) / THREADS)
}
