import { mean, util, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import type { KernelCall, OwnKernel } from './own-kernel'
import type { Gpu } from './gpu'
import { programFor, type Program } from './program'
import { elementOf, quadsOf, readQuad, writeQuad } from './quads'

const THREADS = 64

/** Mean over the middle one of three dimensions: a thread takes four channels, and needs no other’s numbers. */
const pooledMean = programFor((outer: number, pixels: number, channels: number): Program => ({
  name: 'a mean over pixels',
  reads: { x: elementOf(channels) },
  writes: { y: elementOf(channels) },
  threads: THREADS,
  code: `
${readQuad('x', channels)}
${writeQuad('y', channels)}
fn run(group: u32, thread: u32) {
  let number = group * ${THREADS}u + thread;
  let picture = number / ${quadsOf(channels)}u;
  let quad = number % ${quadsOf(channels)}u;
  if (picture >= ${outer}u) { return; }
  var all = vec4<f32>(0.0);
  for (var i = 0u; i < ${pixels}u; i++) { all += xQuad(picture * ${pixels}u + i, quad); }
  set_y(picture, quad, all / ${pixels}.0);
}`,
}))

/** Takes over means along neighbouring dimensions that leave the channels alone: tfjs would turn the whole tensor round for them. */
function meanOf(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo | undefined {
  const x = inputs.x as TensorInfo
  const { axis, keepDims } = attrs as unknown as { axis: number | number[]; keepDims?: boolean }
  const axes = util.parseAxisParam(axis, x.shape).sort((a, b) => a - b)
  const [first = 0, last = -1] = [axes[0], axes.at(-1)]
  const inARow = axes.length > 0 && last - first === axes.length - 1 && last < x.shape.length - 1
  if (!inARow || x.dtype !== 'float32' || util.sizeFromShape(x.shape) === 0) return undefined
  const [outer, inner] = [x.shape.slice(0, first), x.shape.slice(last + 1)]
  const [rows, pixels, channels] = [outer, x.shape.slice(first, last + 1), inner].map(util.sizeFromShape) as [number, number, number]
  const y = gpu.output(keepDims ? [...outer, ...axes.map(() => 1), ...inner] : [...outer, ...inner])
  gpu.run(pooledMean(rows, pixels, channels), { reads: [x], writes: [y], groups: Math.ceil(rows * quadsOf(channels) / THREADS) })
  return y
}

export const POOLED_MEAN_KERNEL: OwnKernel = {
  name: 'means over pixels',
  kernels: { Mean: meanOf },
  trial: () => [mean(madeUp([3, 5, 7, 8]), [1, 2]), mean(madeUp([4, 9, 3], 2), 1, true), mean(madeUp([6, 5], 3), 0)],
}
