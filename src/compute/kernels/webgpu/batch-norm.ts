import { add, grads, mul, sum, type Tensor, type Tensor1D, type TensorInfo } from '@tensorflow/tfjs-core'
import { BATCH_NORM, BATCH_NORM_GRADIENT, batchNorm, type BatchNormAttributes } from '../../batch-norm'
import { madeUp } from '../../made-up'
import type { Gpu } from './gpu'
import { sizeOf } from './many-tensors'
import type { KernelCall, OwnKernel } from './own-kernel'
import { programFor, type Program } from './program'
import { reductions } from './reductions'

const THREADS = 64
/** About so many threads share a sum over all rows. */
const SHARERS = 4_096
/** Rows that a thread of the element-wise programs takes. */
const ROWS = 4

/** Every `slices`-th row from its own on is a slice’s, and a thread takes four channels of it. */
function slicesOf(rows: number, channels: number): number {
  return Math.min(rows, Math.ceil(SHARERS / (channels / 4)))
}

/** What each slice’s thread does with its rows, and with what it found: [slices, 2, channels]. */
function slices(rows: number, channels: number, body: { before: string; each: string; first: string; second: string }): string {
  const quads = channels / 4
  const count = slicesOf(rows, channels)
  return `fn run(group: u32, thread: u32) {
  let number = group * ${THREADS}u + thread;
  let quad = number % ${quads}u;
  let slice = number / ${quads}u;
  if (slice >= ${count}u) { return; }
  ${body.before}
  var first = vec4<f32>(0.0);
  var second = vec4<f32>(0.0);
  for (var row = slice; row < ${rows}u; row += ${count}u) {
    let at = row * ${quads}u + quad;
    ${body.each}
  }
  parts[slice * ${2 * quads}u + quad] = ${body.first};
  parts[slice * ${2 * quads}u + ${quads}u + quad] = ${body.second};
}`
}

/** Mean and summed squared deviation of each slice, by sums that are shifted by its first row and so stay small. */
const momentParts = programFor((rows: number, channels: number): Program => ({
  name: 'the moments of a batch’s slices',
  reads: { x: 'vec4<f32>' },
  writes: { parts: 'vec4<f32>' },
  threads: THREADS,
  code: slices(rows, channels, {
    before: `let shift = x[slice * ${channels / 4}u + quad];
  let count = f32((${rows - 1}u - slice) / ${slicesOf(rows, channels)}u + 1u);`,
    each: 'let moved = x[at] - shift; first += moved; second += moved * moved;',
    first: 'shift + first / count',
    second: 'max(vec4<f32>(0.0), second - first * first / count)',
  }),
}))

/** One workgroup a channel joins its slices’ moments (Chan et al., 1983). */
const moments = programFor((rows: number, channels: number): Program => {
  const count = slicesOf(rows, channels)
  const overSlices = (sum: string) => `for (var slice = thread; slice < ${count}u; slice += ${THREADS}u) {
    let size = f32((${rows - 1}u - slice) / ${count}u + 1u);
    let at = slice * ${2 * channels}u + channel;
    ${sum}
  }`
  return {
    name: 'the moments of a batch',
    reads: { parts: 'f32' },
    writes: { mean: 'f32', variance: 'f32' },
    threads: THREADS,
    code: `
${reductions(THREADS)}
fn run(channel: u32, thread: u32) {
  if (channel >= ${channels}u) { return; }
  var values = 0.0;
  ${overSlices('values += size * parts[at];')}
  let middle = sumOf(thread, values) / ${rows}.0;
  var squares = 0.0;
  ${overSlices(`let off = parts[at] - middle; squares += parts[at + ${channels}u] + size * off * off;`)}
  let all = sumOf(thread, squares);
  if (thread == 0u) {
    mean[channel] = middle;
    variance[channel] = all / ${rows}.0;
  }
}`,
  }
})

/** A few rows of four channels for each thread: `before` once, `each` for every place `at`. */
function overRows(rows: number, channels: number, before: string, each: string): string {
  const quads = channels / 4
  const apart = Math.ceil(rows / ROWS)
  return `fn run(group: u32, thread: u32) {
  let number = group * ${THREADS}u + thread;
  let quad = number % ${quads}u;
  let first = number / ${quads}u;
  if (first >= ${apart}u) { return; }
  ${before}
  for (var row = first; row < ${rows}u; row += ${apart}u) {
    let at = row * ${quads}u + quad;
    ${each}
  }
}`
}

function groupsOverRows(rows: number, channels: number): number {
  return Math.ceil(Math.ceil(rows / ROWS) * channels / 4 / THREADS)
}

const normalise = programFor((rows: number, channels: number, epsilon: number, relu: boolean, residual: boolean): Program => {
  const sum = `x[at] * scale + shift${residual ? ' + residual[at]' : ''}`
  return {
    name: 'batch norm',
    reads: {
      x: 'vec4<f32>', mean: 'vec4<f32>', variance: 'vec4<f32>', gamma: 'vec4<f32>', beta: 'vec4<f32>',
      ...(residual && { residual: 'vec4<f32>' }),
    },
    writes: { y: 'vec4<f32>' },
    threads: THREADS,
    code: overRows(rows, channels, `let scale = gamma[quad] / sqrt(variance[quad] + ${epsilon});
  let shift = beta[quad] - mean[quad] * scale;`, `y[at] = ${relu ? `max(${sum}, vec4<f32>(0.0))` : sum};`),
  }
})

/** The gradient behind ReLU. */
const behind = (relu: boolean) => relu ? 'select(vec4<f32>(0.0), dy[at], y[at] > vec4<f32>(0.0))' : 'dy[at]'
const given = (relu: boolean): Program['reads'] => ({ x: 'vec4<f32>', dy: 'vec4<f32>', ...(relu && { y: 'vec4<f32>' }) })

const gradientParts = programFor((rows: number, channels: number, relu: boolean): Program => ({
  name: 'the gradients of a batch norm’s slices',
  reads: { ...given(relu), mean: 'vec4<f32>' },
  writes: { parts: 'vec4<f32>' },
  threads: THREADS,
  code: slices(rows, channels, {
    before: 'let middle = mean[quad];',
    each: `let g = ${behind(relu)}; first += g; second += g * (x[at] - middle);`,
    first: 'first',
    second: 'second',
  }),
}))

/** dbeta, dgamma, and what dx = slope·g + pull·x + offset needs, [3, channels]. */
const parameterGradients = programFor((rows: number, channels: number, epsilon: number): Program => ({
  name: 'the gradients of a batch norm’s gain and offset',
  reads: { parts: 'f32', mean: 'f32', variance: 'f32', gamma: 'f32' },
  writes: { dgamma: 'f32', dbeta: 'f32', coefficients: 'f32' },
  threads: THREADS,
  code: `
${reductions(THREADS)}
fn run(channel: u32, thread: u32) {
  if (channel >= ${channels}u) { return; }
  var offsets = 0.0;
  var gains = 0.0;
  for (var slice = thread; slice < ${slicesOf(rows, channels)}u; slice += ${THREADS}u) {
    offsets += parts[slice * ${2 * channels}u + channel];
    gains += parts[slice * ${2 * channels}u + ${channels}u + channel];
  }
  let offset = sumOf(thread, offsets);
  let inverse = 1.0 / sqrt(variance[channel] + ${epsilon});
  let gain = sumOf(thread, gains) * inverse;
  if (thread == 0u) {
    dbeta[channel] = offset;
    dgamma[channel] = gain;
    let slope = gamma[channel] * inverse;
    let pull = -slope * inverse * gain / ${rows}.0;
    coefficients[channel] = slope;
    coefficients[${channels}u + channel] = pull;
    coefficients[${2 * channels}u + channel] = -slope * offset / ${rows}.0 - pull * mean[channel];
  }
}`,
}))

const inputGradient = programFor((rows: number, channels: number, relu: boolean, residual: boolean): Program => ({
  name: 'the gradient of a batch norm',
  reads: { ...given(relu), coefficients: 'vec4<f32>' },
  writes: { dx: 'vec4<f32>', ...(residual && { dresidual: 'vec4<f32>' }) },
  threads: THREADS,
  code: overRows(rows, channels, `let slope = coefficients[quad];
  let pull = coefficients[${channels / 4}u + quad];
  let offset = coefficients[${channels / 2}u + quad];`, `let g = ${behind(relu)};
    dx[at] = slope * g + (pull * x[at] + offset);
    ${residual ? 'dresidual[at] = g;' : ''}`),
}))

function forward(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo[] {
  const { x, gamma, beta, residual } = inputs as Record<'x' | 'gamma' | 'beta', TensorInfo> & { residual?: TensorInfo }
  const { epsilon, relu } = attrs as unknown as BatchNormAttributes
  const [rows, channels] = linesOf(x)
  const [y, mean, variance] = [gpu.output(x.shape), gpu.output([channels]), gpu.output([channels])]
  const parts = gpu.output([slicesOf(rows, channels), 2, channels])
  gpu.run(momentParts(rows, channels), { reads: [x], writes: [parts], groups: groupsOfSlices(rows, channels) })
  gpu.run(moments(rows, channels), { reads: [parts], writes: [mean, variance], groups: channels })
  gpu.run(normalise(rows, channels, epsilon, relu, residual !== undefined), {
    reads: [x, mean, variance, gamma, beta, ...(residual ? [residual] : [])], writes: [y], groups: groupsOverRows(rows, channels),
  })
  gpu.free(parts)
  return [y, mean, variance]
}

function gradient(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo[] {
  const { x, y, dy, mean, variance, gamma } = inputs as Record<'x' | 'y' | 'dy' | 'mean' | 'variance' | 'gamma', TensorInfo>
  const { epsilon, relu, residual } = attrs as unknown as BatchNormAttributes & { residual: boolean }
  const [rows, channels] = linesOf(x)
  const reads = [x, dy, ...(relu ? [y] : [])]
  const [dgamma, dbeta, coefficients] = [gpu.output([channels]), gpu.output([channels]), gpu.output([3, channels])]
  const parts = gpu.output([slicesOf(rows, channels), 2, channels])
  gpu.run(gradientParts(rows, channels, relu), { reads: [...reads, mean], writes: [parts], groups: groupsOfSlices(rows, channels) })
  gpu.run(parameterGradients(rows, channels, epsilon), {
    reads: [parts, mean, variance, gamma], writes: [dgamma, dbeta, coefficients], groups: channels,
  })
  const writes = [gpu.output(x.shape), ...(residual ? [gpu.output(x.shape)] : [])]
  gpu.run(inputGradient(rows, channels, relu, residual), {
    reads: [...reads, coefficients], writes, groups: groupsOverRows(rows, channels),
  })
  gpu.free(parts)
  gpu.free(coefficients)
  return [writes[0]!, dgamma, dbeta, ...writes.slice(1)]
}

function linesOf(x: TensorInfo): [rows: number, channels: number] {
  const channels = x.shape.at(-1)!
  return [sizeOf(x) / channels, channels]
}

function groupsOfSlices(rows: number, channels: number): number {
  return Math.ceil(slicesOf(rows, channels) * channels / 4 / THREADS)
}

/** Pictures and rows, few and many; an offset much larger than the deviation, which careless sums would lose. */
function trial(): Tensor[] {
  return ([[2, 5, 3, 8], [1, 3, 1, 4], [3_000, 12]] as const).flatMap((shape, i) => {
    const x = add(madeUp(shape), 10 * i)
    const [gamma, beta] = [madeUp([shape.at(-1)!], 2), madeUp([shape.at(-1)!], 3)]
    const residual = i === 0 ? madeUp(shape, 4) : undefined
    const normal = (x: Tensor, gamma: Tensor, beta: Tensor, residual?: Tensor) =>
      batchNorm(x, gamma as Tensor1D, beta as Tensor1D, { epsilon: 1e-3, relu: i < 2 }, { residual })
    const inputs = [x, gamma, beta, ...(residual ? [residual] : [])] as [Tensor, Tensor, Tensor]
    const slopes = grads((...of: [Tensor, Tensor, Tensor]) => sum(mul(normal(...of), madeUp(shape, 5))))(inputs)
    return [normal(...inputs), ...slopes]
  })
}

export const BATCH_NORM_KERNEL: OwnKernel = {
  name: 'batch norm',
  kernels: { [BATCH_NORM]: forward, [BATCH_NORM_GRADIENT]: gradient },
  trial,
}
