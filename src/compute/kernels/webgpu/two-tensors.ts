import { add, util, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import type { Gpu } from './gpu'
import { sizeOf } from './many-tensors'
import type { KernelCall, OwnKernel } from './own-kernel'
import { programFor, type Program } from './program'
import { elementCount, elementOf } from './quads'

const THREADS = 128

const sumOfTwo = programFor((size: number): Program => {
  const element = elementOf(size)
  return {
    name: 'a sum of two tensors',
    reads: { a: element, b: element },
    writes: { sum: element },
    threads: THREADS,
    code: `fn run(group: u32, thread: u32) {
  let i = group * ${THREADS}u + thread;
  if (i < ${elementCount(size)}u) { sum[i] = a[i] + b[i]; }
}`,
  }
})

/** Tensors of one shape, as gradients are that meet: what has to be spread out first is left to tfjs. */
function sumFor(gpu: Gpu, { inputs }: KernelCall): TensorInfo | undefined {
  const { a, b } = inputs as Record<'a' | 'b', TensorInfo>
  const alike = util.arraysEqual(a.shape, b.shape) && [a, b].every(({ dtype }) => dtype === 'float32')
  const size = sizeOf(a)
  if (!alike || size === 0) return undefined
  const sum = gpu.output(a.shape)
  gpu.run(sumOfTwo(size), { reads: [a, b], writes: [sum], groups: Math.ceil(elementCount(size) / THREADS) })
  return sum
}

export const TWO_TENSORS_KERNEL: OwnKernel = {
  name: 'sums of two tensors',
  kernels: { Add: sumFor },
  trial: (): Tensor[] => [[5, 3], [4, 65], [] as number[]].map((shape) => add(madeUp(shape), madeUp(shape, 2))),
}
