import { concat, grads, mul, slice, slice_util, split, sum, util, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import type { Gpu } from './gpu'
import { CHUNK_THREADS, chunksOf, inGroups, sizeOf, throughAll } from './many-tensors'
import type { KernelCall, OwnKernel } from './own-kernel'
import { programFor, type Element, type Program } from './program'

// Rows lie one behind the other, so that cutting and joining them are copies of what lies in between.

const named = <Value>(name: string, count: number, value: Value) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${name}${i}`, value]))

/** Several stretches of one tensor, from `first` on, each to a tensor of its own. */
const cut = programFor((first: number, ...sizes: number[]): Program => ({
  name: 'rows of a tensor',
  reads: { whole: 'f32' },
  writes: named<Element>('part', sizes.length, 'f32'),
  threads: CHUNK_THREADS,
  code: throughAll(sizes, (t) => `part${t}[i] = whole[${first + sumOf(sizes.slice(0, t))}u + i];`),
}))

/** Several tensors to one, from `first` on. */
const join = programFor((first: number, ...sizes: number[]): Program => ({
  name: 'rows of several tensors',
  reads: named<Element>('part', sizes.length, 'f32'),
  writes: { whole: 'f32' },
  threads: CHUNK_THREADS,
  code: throughAll(sizes, (t) => `whole[${first + sumOf(sizes.slice(0, t))}u + i] = part${t}[i];`),
}))

/** One tensor between zeros. */
const pad = programFor((before: number, size: number, whole: number, value: number): Program => ({
  name: 'rows between others',
  reads: { part: 'f32' },
  writes: { whole: 'f32' },
  threads: CHUNK_THREADS,
  code: throughAll([whole], () => `
    let at = i - ${before}u;
    whole[i] = select(f32(${value}), part[min(at, ${size - 1}u)], i >= ${before}u && at < ${size}u);`),
}))

function cutInto(gpu: Gpu, whole: TensorInfo, shapes: readonly number[][], from: number): TensorInfo[] {
  const parts = shapes.map((shape) => gpu.output(shape))
  let first = from
  for (const group of inGroups(parts, gpu.limits.maxStorageBuffersPerShaderStage - 1)) {
    const sizes = group.map(sizeOf)
    gpu.run(cut(first, ...sizes), { reads: [whole], writes: group, groups: chunksOf(sizes) })
    first += sumOf(sizes)
  }
  return parts
}

function splitRows(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo[] | undefined {
  const x = inputs.x as TensorInfo
  const { numOrSizeSplits, axis } = attrs as { numOrSizeSplits: number | number[]; axis: number }
  if (axis !== 0 || x.dtype !== 'float32') return undefined
  const [rows, ...rest] = x.shape as [number, ...number[]]
  const counts = typeof numOrSizeSplits === 'number' ? Array<number>(numOrSizeSplits).fill(rows / numOrSizeSplits) : numOrSizeSplits
  if (counts.some((count) => !Number.isInteger(count) || count < 1) || sumOf(counts) !== rows) return undefined
  return cutInto(gpu, x, counts.map((count) => [count, ...rest]), 0)
}

function sliceRows(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo[] | undefined {
  const x = inputs.x as TensorInfo
  const { begin, size } = attrs as { begin: number | number[]; size: number | number[] }
  const [from, shape] = slice_util.parseSliceParams(x, begin, size) as [number[], number[]]
  const whole = shape.slice(1).every((length, axis) => length === x.shape[axis + 1])
  if (x.dtype !== 'float32' || !whole || shape.length === 0 || shape[0]! < 1) return undefined
  return cutInto(gpu, x, [shape], from[0]! * (sizeOf(x) / x.shape[0]!))
}

function joinRows(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo | undefined {
  const parts = (inputs as unknown as TensorInfo[]).filter((part) => sizeOf(part) > 0)
  const first = parts[0]
  const rank = first?.shape.length ?? 0
  if (!first || ((attrs!.axis as number) + rank) % rank !== 0 || parts.some(({ dtype }) => dtype !== 'float32')) return undefined
  if (parts.some(({ shape }) => !util.arraysEqual(shape.slice(1), first.shape.slice(1)))) return undefined
  const whole = gpu.output([sumOf(parts.map(({ shape }) => shape[0]!)), ...first.shape.slice(1)])
  let at = 0
  for (const group of inGroups(parts, gpu.limits.maxStorageBuffersPerShaderStage - 1)) {
    const sizes = group.map(sizeOf)
    gpu.run(join(at, ...sizes), { reads: group, writes: [whole], groups: chunksOf(sizes) })
    at += sumOf(sizes)
  }
  return whole
}

function padRows(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo | undefined {
  const x = inputs.x as TensorInfo
  const { paddings, constantValue } = attrs as unknown as { paddings: [number, number][]; constantValue: number }
  const sides = paddings.slice(1).every(([before, after]) => before === 0 && after === 0)
  if (x.dtype !== 'float32' || !sides || x.shape.length === 0 || sizeOf(x) === 0) return undefined
  // The shading language has no word for infinity.
  if (!Number.isFinite(constantValue)) return undefined
  const [before, after] = paddings[0]!
  const whole = gpu.output([before + x.shape[0]! + after, ...x.shape.slice(1)])
  const row = sizeOf(x) / x.shape[0]!
  gpu.run(pad(before * row, sizeOf(x), sizeOf(whole), constantValue), { reads: [x], writes: [whole], groups: chunksOf([sizeOf(whole)]) })
  return whole
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

function trial(): Tensor[] {
  const x = madeUp([600, 5])
  const weighed = (of: Tensor) => sum(mul(of, madeUp(of.shape, 2)))
  const mixed = (x: Tensor) => {
    const [first, second, third] = split(x, [1, 99, 500]) as [Tensor, Tensor, Tensor]
    return concat([third, mul(first, 2), second, slice(x, [7, 0], [3, 5])])
  }
  return [mixed(x), grads((x: Tensor) => weighed(mixed(x)))([x])[0]!]
}

export const ROWS_KERNEL: OwnKernel = {
  name: 'cutting and joining rows',
  kernels: { SplitV: splitRows, Slice: (gpu, call) => sliceRows(gpu, call)?.[0], Concat: joinRows, PadV2: padRows },
  trial,
}
