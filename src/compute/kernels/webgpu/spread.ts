import { grad, mean, mul, sum, util, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import { SPREAD } from '../../reduction-gradients'
import type { OwnKernel } from './own-kernel'
import { programFor, type Program } from './program'

const THREADS = 128

/** Texts of numbers, because a program’s constants are single ones. */
const spread = programFor((shapeText: string, axesText: string): Program => {
  const shape = shapeText.split(' ').map(Number)
  const axes = new Set(axesText.split(' ').map(Number))
  const size = util.sizeFromShape(shape)
  // From the last dimension to the first: where it lies in dy, unless dy is repeated along it.
  let stride = 1
  const steps = shape.map((length, axis) => ({ length, axis })).reverse().map(({ length, axis }) => {
    const step = axes.has(axis) ? '' : `source += rest % ${length}u * ${stride}u;`
    if (!axes.has(axis)) stride *= length
    return `${step} rest /= ${length}u;`
  })
  return {
    name: 'the gradient of a sum',
    reads: { dy: 'f32' },
    writes: { dx: 'f32' },
    uniforms: { factor: 'f32' },
    threads: THREADS,
    code: `fn run(group: u32, thread: u32) {
  let i = group * ${THREADS}u + thread;
  if (i >= ${size}u) { return; }
  var rest = i;
  var source = 0u;
  ${steps.join('\n  ')}
  dx[i] = dy[source] * uniforms.factor;
}`,
  }
})

export const SPREAD_KERNEL: OwnKernel = {
  name: 'the gradients of sums and means',
  kernels: {
    [SPREAD]: (gpu, { inputs, attrs }) => {
      const { shape, axes, factor } = attrs as { shape: number[]; axes: number[]; factor: number }
      const dx = gpu.output(shape)
      gpu.run(spread(shape.join(' '), axes.join(' ')), {
        reads: [inputs.dy as TensorInfo], writes: [dx], uniforms: { factor }, groups: Math.ceil(util.sizeFromShape(shape) / THREADS),
      })
      return [dx]
    },
  },
  trial: () => {
    const x = madeUp([3, 5, 7, 2])
    const weighted = (reduced: Tensor) => sum(mul(reduced, madeUp(reduced.shape, 2)))
    return [
      grad((of: Tensor) => weighted(mean(of, [1, 2])))(x),
      grad((of: Tensor) => weighted(sum(of, [0, 3])))(x),
      grad((of: Tensor) => mean(mul(of, of)))(x),
    ]
  },
}
