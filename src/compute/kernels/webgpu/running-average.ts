import { tensor1d, tidy, variable, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import { followAll, RUNNING_AVERAGE } from '../../running-average'
import { CHUNK_THREADS, chunksOf, inGroups, sizeOf, throughAll } from './many-tensors'
import type { OwnKernel } from './own-kernel'
import { programFor, type Element, type Program, type Scalar } from './program'

/** Every average is read and written in place. */
const follow = programFor((...sizes: number[]): Program => {
  const numbered = <Value>(name: string, value: Value) => sizes.map((_, i) => [`${name}${i}`, value] as const)
  return {
    name: 'running averages',
    reads: Object.fromEntries(numbered<Element>('fresh', 'f32')),
    writes: Object.fromEntries(numbered<Element>('average', 'f32')),
    uniforms: Object.fromEntries([...numbered<Scalar>('keep', 'f32'), ...numbered<Scalar>('take', 'f32')]),
    threads: CHUNK_THREADS,
    code: throughAll(sizes, (t) => `average${t}[i] = uniforms.keep${t} * average${t}[i] + uniforms.take${t} * fresh${t}[i];`),
  }
})

export const RUNNING_AVERAGE_KERNEL: OwnKernel = {
  name: 'running averages',
  kernels: {
    [RUNNING_AVERAGE]: (gpu, { inputs, attrs }) => {
      const { keep, take } = attrs as { keep: number[]; take: number[] }
      const given = keep.map((_, i) => inputs[`average${i}`]!)
      const alone = gpu.areAlone(given)
      const pairs = keep.map((_, i) => ({
        average: alone ? given[i]! : gpu.copyOf(given[i]!), fresh: inputs[`fresh${i}`]!, keep: keep[i]!, take: take[i]!,
      }))
      const most = Math.floor(gpu.limits.maxStorageBuffersPerShaderStage / 2)
      for (const group of inGroups(pairs, most)) {
        const sizes = group.map(({ average }) => sizeOf(average))
        gpu.run(follow(...sizes), {
          reads: group.map(({ fresh }) => fresh),
          writes: group.map(({ average }) => average),
          uniforms: Object.fromEntries(group.flatMap(({ keep, take }, i) => [[`keep${i}`, keep], [`take${i}`, take]])),
          groups: chunksOf(sizes),
        })
      }
      return alone ? [] : pairs.map(({ average }): TensorInfo => average)
    },
  },
  trial: () => {
    const sizes = [3, 1_500, 1, 64, 7, 10]
    const averages = sizes.map((size) => variable(tensor1d(Array.from({ length: size }, (_, i) => i % 5)), false))
    tidy(() => followAll(averages.map((average, i) => ({ average, fresh: madeUp([sizes[i]!]), keep: 0.9, take: 0.1 * i }))))
    return averages.map((average) => {
      const values = average.clone()
      average.dispose()
      return values
    })
  },
}
