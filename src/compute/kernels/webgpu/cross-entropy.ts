import { grad, sum, tensor2d, type Tensor, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import { CROSS_ENTROPY, crossEntropy } from '../../cross-entropy'
import type { OwnKernel } from './own-kernel'
import { programFor, type Program } from './program'
import { reductions } from './reductions'

const THREADS = 64

/** One workgroup a row: the largest score, then the sums, then the slopes. */
const crossEntropyProgram = programFor((rows: number, prototypes: number): Program => ({
  name: 'cross-entropy',
  reads: { scores: 'f32', targets: 'f32' },
  writes: { losses: 'f32', slopes: 'f32' },
  uniforms: { temperature: 'f32' },
  threads: THREADS,
  code: `
${reductions(THREADS)}
fn run(row: u32, thread: u32) {
  if (row >= ${rows}u) { return; }
  let start = row * ${prototypes}u;
  var mostHere = -3.0e38;
  for (var k = thread; k < ${prototypes}u; k += ${THREADS}u) { mostHere = max(mostHere, scores[start + k]); }
  let most = largestOf(thread, mostHere);
  var exponentialsHere = 0.0;
  var targetsHere = 0.0;
  var hitsHere = 0.0;
  for (var k = thread; k < ${prototypes}u; k += ${THREADS}u) {
    let logit = (scores[start + k] - most) / uniforms.temperature;
    let goal = targets[start + k];
    exponentialsHere += exp(logit);
    targetsHere += goal;
    hitsHere += goal * logit;
  }
  let exponentials = sumOf(thread, exponentialsHere);
  let goals = sumOf(thread, targetsHere);
  let hits = sumOf(thread, hitsHere);
  if (thread == 0u) { losses[row] = goals * log(exponentials) - hits; }
  for (var k = thread; k < ${prototypes}u; k += ${THREADS}u) {
    let prediction = exp((scores[start + k] - most) / uniforms.temperature) / exponentials;
    slopes[start + k] = (prediction * goals - targets[start + k]) / uniforms.temperature;
  }
}`,
}))

export const CROSS_ENTROPY_KERNEL: OwnKernel = {
  name: 'cross-entropy',
  kernels: {
    [CROSS_ENTROPY]: (gpu, { inputs, attrs }) => {
      const { scores, targets } = inputs as Record<'scores' | 'targets', TensorInfo>
      const [rows, prototypes] = scores.shape as [number, number]
      const writes = [gpu.output([rows]), gpu.output([rows, prototypes])]
      gpu.run(crossEntropyProgram(rows, prototypes), {
        reads: [scores, targets], writes, uniforms: { temperature: attrs!.temperature as number }, groups: rows,
      })
      return writes
    },
  },
  trial: () => ([[5, 7], [1, 130]] as const).flatMap(([rows, prototypes]) => {
    const scores = madeUp([rows, prototypes])
    const targets = tensor2d(Float32Array.from({ length: rows * prototypes }, (_, i) => (i % 3) / 2), [rows, prototypes])
    const losses = (of: Tensor) => crossEntropy(of as Tensor2D, targets, 0.1)
    return [losses(scores), grad((of) => sum(losses(of)))(scores)]
  }),
}
