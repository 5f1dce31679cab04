import { programFor, type Program } from '../program'
import { elementOf, quadsOf, readQuad, writeQuad } from '../quads'
import {
  inFours, range, sidesOf, stripOf, stripsOf, THREADS, type Column, type Direction, type Shape, type Sizes, type Tile, type Use,
} from './layout'
import { stagedQuads, weightsFor } from './weights'

/**
 * A convolution, y[b,oy,ox,o] = Σ x[b, oy·s+ky−top, ox·s+kx−left, c]·w[ky,kx,c,o], or its gradient in the input, the same
 * sum with x and y exchanged. A thread takes a strip of pixels of one row and a few channels, reads what all taps of a row
 * see of it once, and needs no other’s numbers.
 */
export const sumOverTaps = programFor((direction: Direction, pixels: number, quads: number, weights: Shape['weights'], ...sizes: Sizes): Program => {
  const [, , , , , , outputs, filterHeight, filterWidth, stride, top] = sizes
  const forward = direction === 'forward'
  const [from, to] = sidesOf(direction, sizes)
  const { uses, columns } = stripOf(direction, pixels, sizes)
  const quadsFrom = quadsOf(from.channels)
  const atATime = weights === 'workgroup' ? stagedQuads(direction, sizes) : quadsFrom
  // Whether threads that read weights together may lie in different rows, of which one is there and the other is not.
  const mixed = weights === 'workgroup' || (weights === 'fours' && Math.ceil(to.width / pixels) % 4 !== 0)
  const source = weightsFor(weights, direction, sizes)

  // Conditions without `&&` and `||`, which would be branches.
  const columnPlace = ({ at, mayLie }: Column, j: number) => `
  let column${j} = base + ${at};${mayLie === 'inside' ? '' : `
  let in${j} = ${[mayLie.before && `(column${j} >= 0)`, mayLie.behind && `(column${j} < ${from.width})`].filter(Boolean).join(' & ')};`}`
  const isInside = ({ mayLie }: Column, j: number) => [mayLie !== 'inside' && `in${j}`, mixed && 'rowIn'].filter(Boolean).join(' & ')
  const pixelOf = (column: Column, j: number) => {
    const inside = isInside(column, j)
    return `let pixel${j} = u32(${inside === '' ? `row + column${j}` : `select(0, row + column${j}, ${inside})`});`
  }
  const read = (column: Column, j: number) => {
    const inside = isInside(column, j)
    return `let p${j} = ${inside === '' ? `xQuad(pixel${j}, quad)` : `select(vec4<f32>(0.0), xQuad(pixel${j}, quad), ${inside})`};`
  }
  const product = ({ kx, column: p }: Use, j: number) =>
    range(4).map((c) => `p${p}[${c}] * ${forward ? `w${kx}_${c}[${j}]` : `w${kx}_${j}[${c}]`}`).join(' + ')
  const sums = (i: number, q: number) => range(4).map((j) => {
    const products = uses.filter((use) => use.pixel === i).map((use) => product(use, j))
    return products.length > 0 ? `sum${i}_${q}_${j} += ${products.join(' + ')};` : ''
  }).join(' ')

  return {
    name: forward ? 'a convolution' : 'the gradient of a convolution in its input',
    reads: { x: elementOf(from.channels), w: elementOf(outputs) },
    writes: { y: elementOf(to.channels) },
    threads: THREADS,
    inFours: weights === 'fours',
    code: `
${readQuad('x', from.channels)}
${readQuad('w', outputs)}
${writeQuad('y', to.channels)}
${source.memory}
fn run(group: u32, thread: u32) {
  ${placeOf(weights, [pixels, quads], direction, sizes)}
  let base = i32(first) ${forward ? '*' : '/'} ${stride};
  ${columns.map(columnPlace).join('')}
  ${range(pixels).flatMap((i) => range(quads).map((q) => range(4).map((j) => `var sum${i}_${q}_${j} = 0.0;`).join(' '))).join('\n  ')}
  for (var ky = 0; ky < ${filterHeight}; ky++) {
    ${forward ? `let yFrom = yTo * ${stride} + ky - ${top};` : `let up = yTo + ${top} - ky;
    let yFrom = up / ${stride};`}
    let rowIn = exists & (${forward ? 'yFrom' : 'up'} >= 0) & (yFrom < ${from.height})${forward || stride === 1 ? '' : ` & (up % ${stride} == 0)`};
    ${{ each: 'if (!rowIn) { continue; }', fours: 'if (!subgroupAny(rowIn)) { continue; }', workgroup: '' }[weights]}
    let row = (picture * ${from.height} + yFrom) * ${from.width};
    let tap = u32(ky * ${filterWidth});
    ${columns.map(pixelOf).join('\n    ')}
    for (var start = 0u; start < ${quadsFrom}u; start += ${atATime}u) {
    ${source.prepare}
    for (var quad = start; quad < min(${quadsFrom}u, start + ${atATime}u); quad++) {
      ${columns.map(read).join('\n      ')}
      ${range(quads).map((q) => `{
        ${range(filterWidth).map((kx) => source.read(kx, q)).join('\n        ')}
        ${range(pixels).map((i) => sums(i, q)).join('\n        ')}
      }`).join('\n      ')}
    }
    }
  }
  if (!exists) { return; }
  let to = (u32(picture) * ${to.height}u + u32(yTo)) * ${to.width}u + first;
  ${range(pixels).map((i) => `if (first + ${i}u < ${to.width}u) { ${range(quads).map((q) => `set_y(to + ${i}u, quadTo + ${q}u, vec4<f32>(${range(4).map((j) => `sum${i}_${q}_${j}`).join(', ')}));`).join(' ')} }`).join('\n  ')}
}`,
  }
})

/** WGSL of where a thread’s strip lies. Four threads that share weights have strips that lie side by side. */
function placeOf(weights: Shape['weights'], tile: Tile, direction: Direction, sizes: Sizes): string {
  const [pixels, quads] = tile
  const [, to] = sidesOf(direction, sizes)
  const strips = Math.ceil(to.width / pixels)
  const { all, across } = stripsOf(tile, direction, sizes)
  return `let number = group * ${THREADS}u + thread;
  let strip = number ${weights === 'fours' ? `% ${inFours(all)}u` : `/ ${across}u`};
  let quadTo = number ${weights === 'fours' ? `/ ${inFours(all)}u` : `% ${across}u`} * ${quads}u;
  let first = strip % ${strips}u * ${pixels}u;
  let line = i32(strip / ${strips}u % ${to.height}u);
  let yTo = ${rowOf(direction, sizes)};
  let picture = i32(strip / ${strips * to.height}u);
  let exists = (strip < ${all}u) & (quadTo < ${across * quads}u);`
}

/**
 * WGSL of the row that a line of strips lies in. With stride 2 a tap of the gradient meets every second row: all even rows
 * come first, so that threads that go together meet the same taps. Other strides only take their rows in that order.
 */
function rowOf(direction: Direction, sizes: Sizes): string {
  const stride = sizes[9]
  if (direction === 'forward' || stride === 1) return 'line'
  const even = Math.ceil(sidesOf(direction, sizes)[1].height / 2)
  return `select(2 * line, 2 * (line - ${even}) + 1, line >= ${even})`
}
