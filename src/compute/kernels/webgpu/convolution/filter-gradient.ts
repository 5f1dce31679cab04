import { programFor, type Program } from '../program'
import { elementCount, elementOf, quadsOf, readQuad, writeQuad } from '../quads'
import { range, THREADS, type Shape, type Sizes } from './layout'

/**
 * About so many threads share the long sum over all pixels of the batch. Where threads go by fours a processor does their
 * work, which has few hands, and what each of them found has to be added up.
 */
const SHARERS = { each: 8_192, workgroup: 8_192, fours: 1_024 } as const satisfies Record<Shape['weights'], number>

/** So many outputs of a row are taken in one go: what several taps see of the row is read once. */
const STRIP = 4

/**
 * A thread takes four channels and so many fours of outputs; four threads may share what they read of dy. About so many
 * sharers work on all of it.
 */
export interface FilterShape {
  quads: number
  inFours: boolean
  sharers: number
}

/** Only where four threads take the same outputs have they something to share. */
export function filterShapeFor(weights: Shape['weights'], [, , , channels, , outWidth, outputs]: Sizes): FilterShape {
  const inFours = weights === 'fours' && outWidth >= STRIP && quadsOf(channels) % 4 === 0
  return { quads: Math.min(inFours ? 4 : 2, quadsOf(outputs)), inFours, sharers: SHARERS[weights] }
}

/**
 * The gradient of a convolution in its filter, dw[ky,kx,c,o] = Σ x[b, oy·s+ky−top, ox·s+kx−left, c]·dy[b,oy,ox,o]. A thread
 * takes one row of taps, four channels and a few outputs, and some of the batch’s rows; `sumOfParts` adds up what they
 * found, always in the same order.
 */
export const filterGradientParts = programFor((
  parts: number, quads: number, inFours: boolean,
  ...[batch, height, width, channels, outHeight, outWidth, outputs, filterHeight, filterWidth, stride, top, left]: Sizes
): Program => {
  const [down, across] = [quadsOf(channels), Math.ceil(quadsOf(outputs) / quads)]
  const strip = Math.min(STRIP, outWidth)
  const last = Math.ceil(outWidth / strip) * strip - strip
  const columns = [...new Set(range(strip).flatMap((i) => range(filterWidth).map((kx) => i * stride + kx)))]
  const sums = range(filterWidth).flatMap((kx) => range(4).flatMap((c) => range(quads).flatMap((q) => range(4).map((j) => (
    { name: `sum${kx}_${c}_${q}_${j}`, terms: range(strip).map((i) => `p${i * stride + kx}[${c}] * g${i}_${q}[${j}]`) })))))

  // Conditions without `&&` and `||`, which would be branches.
  const readColumn = (j: number) => {
    const inside = [j < left && `(at${j} >= 0)`, last * stride + j - left >= width && `(at${j} < ${width})`].filter(Boolean).join(' & ')
    const place = `let at${j} = begins + ${j};`
    return inside === ''
      ? `${place} let p${j} = xQuad(u32(row + at${j}), c);`
      : `${place} let in${j} = ${inside}; let p${j} = select(vec4<f32>(0.0), xQuad(u32(row + select(0, at${j}, in${j})), c), in${j});`
  }
  const outputAt = (i: string, q: number) => last + strip === outWidth
    ? `dyQuad(dyRow + column + ${i}, o + ${q}u)`
    : `select(vec4<f32>(0.0), dyQuad(dyRow + min(column + ${i}, ${outWidth - 1}u), o + ${q}u), column + ${i} < ${outWidth}u)`
  const readOutputs = (q: number) => inFours
    ? `let own${q} = ${outputAt('thread % 4u', q)}; ${range(strip).map((i) => `let g${i}_${q} = quadBroadcast(own${q}, ${i}u);`).join(' ')}`
    : range(strip).map((i) => `let g${i}_${q} = ${outputAt(`${i}u`, q)};`).join(' ')
  const store = (kx: number, c: number, q: number) =>
    `set_dw(((part * ${filterHeight}u + ky) * ${filterWidth}u + ${kx}u) * ${channels}u + 4u * c + ${c}u, o + ${q}u, vec4<f32>(${range(4).map((j) => `sum${kx}_${c}_${q}_${j}`).join(', ')}));`

  return {
    name: 'the gradient of a convolution in its filter',
    reads: { x: elementOf(channels), dy: elementOf(outputs) },
    writes: { dw: elementOf(outputs) },
    threads: THREADS,
    inFours,
    code: `
${readQuad('x', channels)}
${readQuad('dy', outputs)}
${writeQuad('dw', outputs)}
fn run(group: u32, thread: u32) {
  let number = group * ${THREADS}u + thread;
  let c = number % ${down}u;
  let o = number / ${down}u % ${across}u * ${quads}u;
  let ky = number / ${across * down}u % ${filterHeight}u;
  let part = number / ${across * down * filterHeight}u;
  if (part >= ${parts}u) { return; }
  let begin = part * ${batch * outHeight}u / ${parts}u;
  let end = (part + 1u) * ${batch * outHeight}u / ${parts}u;
  ${sums.map(({ name }) => `var ${name} = 0.0;`).join(' ')}
  for (var dyAt = begin; dyAt < end; dyAt++) {
    let y = i32(dyAt % ${outHeight}u * ${stride}u + ky) - ${top};
    if (y < 0 || y >= ${height}) { continue; }
    let row = (i32(dyAt / ${outHeight}u) * ${height} + y) * ${width};
    let dyRow = dyAt * ${outWidth}u;
    for (var column = 0u; column < ${outWidth}u; column += ${strip}u) {
      let begins = i32(column) * ${stride} - ${left};
      ${columns.map(readColumn).join('\n      ')}
      ${range(quads).map(readOutputs).join('\n      ')}
      ${sums.map(({ name, terms }) => `${name} += ${terms.join(' + ')};`).join('\n      ')}
    }
  }
  ${range(4).map((c) => `if (4u * c + ${c}u < ${channels}u) { ${range(filterWidth).flatMap((kx) => range(quads).map((q) => store(kx, c, q))).join(' ')} }`).join('\n  ')}
}`,
  }
})

/** Into how many parts the sum is cut, and how many workgroups that makes. */
export function partsOf(
  { quads, sharers }: FilterShape, [batch, , , channels, outHeight, , outputs, filterHeight]: Sizes,
): { parts: number; groups: number } {
  const threads = filterHeight * quadsOf(channels) * Math.ceil(quadsOf(outputs) / quads)
  const parts = Math.max(1, Math.min(batch * outHeight, Math.round(sharers / threads)))
  return { parts, groups: Math.ceil(parts * threads / THREADS) }
}

/** Σ over the parts, [parts, size] → [size]. */
export const sumOfParts = programFor((parts: number, size: number): Program => {
  const element = elementOf(size)
  const count = elementCount(size)
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
  return Math.ceil(elementCount(size) / THREADS)
}
