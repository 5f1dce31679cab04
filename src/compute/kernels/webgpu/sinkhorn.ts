import type { TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import { SINKHORN, sinkhorn } from '../../sinkhorn'
import type { Gpu } from './gpu'
import type { OwnKernel } from './own-kernel'
import { programFor, type Program } from './program'
import { reductions } from './reductions'

/**
 * Both kernels keep one number for each sample, rᵢ, and one for each prototype, cⱼ, instead of rewriting the matrix:
 * log q = s/ε − rᵢ − cⱼ, with cⱼ = log Σᵢ exp(s/ε − rᵢ), then rᵢ = log Σⱼ exp(s/ε − cⱼ).
 */
const THREADS = 256
/** One workgroup does all the iterations on a matrix of at most so many numbers, with so many samples and prototypes. */
const MOST_NUMBERS = 32_768
const MOST_LINES = 2_048

/** A sum of exponentials, kept as its largest exponent and the sum relative to that. */
const LOG_SUM = `
const NOTHING = vec2<f32>(-3.0e38, 0.0);
fn plus(a: vec2<f32>, b: vec2<f32>) -> vec2<f32> {
  let most = max(a.x, b.x);
  return vec2<f32>(most, a.y * exp(a.x - most) + b.y * exp(b.x - most));
}
`

/** All iterations in one workgroup. Several threads share a line where there are fewer lines than threads. */
const whole = programFor((samples: number, prototypes: number): Program => ({
  name: 'Sinkhorn',
  reads: { scores: 'f32' },
  writes: { assignments: 'f32' },
  uniforms: { epsilon: 'f32', iterations: 'u32' },
  threads: THREADS,
  code: `
${LOG_SUM}
var<workgroup> ofSamples: array<f32, ${samples}>;
var<workgroup> ofPrototypes: array<f32, ${prototypes}>;
var<workgroup> parts: array<vec2<f32>, ${THREADS}>;
fn run(group: u32, thread: u32) {
  if (group > 0u) { return; }
  for (var i = thread; i < ${samples}u; i += ${THREADS}u) { ofSamples[i] = 0.0; }
  workgroupBarrier();
  for (var iteration = 0u; iteration < uniforms.iterations; iteration++) {
    ${lines({ lines: prototypes, count: samples, at: `i * ${prototypes}u + line`, own: 'ofPrototypes', other: 'ofSamples' })}
    ${lines({ lines: samples, count: prototypes, at: `line * ${prototypes}u + i`, own: 'ofSamples', other: 'ofPrototypes' })}
  }
  for (var at = thread; at < ${samples * prototypes}u; at += ${THREADS}u) {
    assignments[at] = exp(scores[at] / uniforms.epsilon - ofSamples[at / ${prototypes}u] - ofPrototypes[at % ${prototypes}u]);
  }
}`,
}))

interface Lines { lines: number; count: number; at: string; own: string; other: string }

/** Log-sums of all lines of the matrix, each over its `count` numbers. */
function lines({ lines, count, at, own, other }: Lines): string {
  const sharers = Math.max(1, Math.floor(THREADS / lines))
  return `for (var first = 0u; first < ${lines}u; first += ${Math.min(THREADS, lines)}u) {
      let line = first + thread / ${sharers}u;
      var sum = NOTHING;
      if (line < ${lines}u) {
        for (var i = thread % ${sharers}u; i < ${count}u; i += ${sharers}u) {
          sum = plus(sum, vec2<f32>(scores[${at}] / uniforms.epsilon - ${other}[i], 1.0));
        }
      }
      parts[thread] = sum;
      workgroupBarrier();
      if (line < ${lines}u && thread % ${sharers}u == 0u) {
        for (var other = 1u; other < ${sharers}u; other++) { sum = plus(sum, parts[thread + other]); }
        ${own}[line] = sum.x + log(sum.y);
      }
      workgroupBarrier();
    }`
}

/** Half an iteration with a workgroup for each line; the other lines’ numbers count as 0 in the first. */
const half = programFor((samples: number, prototypes: number, direction: 'prototypes' | 'samples', isFirst: boolean): Program => {
  const [lines, count] = direction === 'prototypes' ? [prototypes, samples] : [samples, prototypes]
  const at = direction === 'prototypes' ? `i * ${prototypes}u + line` : `line * ${prototypes}u + i`
  return {
    name: `Sinkhorn over ${direction}`,
    reads: isFirst ? { scores: 'f32' } : { scores: 'f32', others: 'f32' },
    writes: { own: 'f32' },
    uniforms: { epsilon: 'f32' },
    threads: 64,
    code: `
${reductions(64)}
${LOG_SUM}
fn run(line: u32, thread: u32) {
  if (line >= ${lines}u) { return; }
  var sum = NOTHING;
  for (var i = thread; i < ${count}u; i += 64u) {
    sum = plus(sum, vec2<f32>(scores[${at}] / uniforms.epsilon${isFirst ? '' : ' - others[i]'}, 1.0));
  }
  let most = largestOf(thread, sum.x);
  let all = sumOf(thread, sum.y * exp(sum.x - most));
  if (thread == 0u) { own[line] = most + log(all); }
}`,
  }
})

const assign = programFor((samples: number, prototypes: number): Program => ({
  name: 'Sinkhorn’s assignments',
  reads: { scores: 'f32', ofSamples: 'f32', ofPrototypes: 'f32' },
  writes: { assignments: 'f32' },
  uniforms: { epsilon: 'f32' },
  threads: 64,
  code: `
fn run(group: u32, thread: u32) {
  let at = group * 64u + thread;
  if (at >= ${samples * prototypes}u) { return; }
  assignments[at] = exp(scores[at] / uniforms.epsilon - ofSamples[at / ${prototypes}u] - ofPrototypes[at % ${prototypes}u]);
}`,
}))

function inManyPasses(gpu: Gpu, scores: TensorInfo, assignments: TensorInfo, epsilon: number, iterations: number): void {
  const [samples, prototypes] = scores.shape as [number, number]
  const [ofSamples, ofPrototypes] = [gpu.output([samples]), gpu.output([prototypes])]
  const uniforms = { epsilon }
  for (let i = 0; i < iterations; i++) {
    const isFirst = i === 0
    gpu.run(half(samples, prototypes, 'prototypes', isFirst), {
      reads: isFirst ? [scores] : [scores, ofSamples], writes: [ofPrototypes], uniforms, groups: prototypes,
    })
    gpu.run(half(samples, prototypes, 'samples', false), { reads: [scores, ofPrototypes], writes: [ofSamples], uniforms, groups: samples })
  }
  gpu.run(assign(samples, prototypes), {
    reads: [scores, ofSamples, ofPrototypes], writes: [assignments], uniforms, groups: Math.ceil(samples * prototypes / 64),
  })
  gpu.free(ofSamples)
  gpu.free(ofPrototypes)
}

export const SINKHORN_KERNEL: OwnKernel = {
  name: 'Sinkhorn',
  kernels: {
    [SINKHORN]: (gpu, { inputs, attrs }) => {
      const scores = inputs.scores as TensorInfo
      const { epsilon, iterations } = attrs as { epsilon: number; iterations: number }
      const [samples, prototypes] = scores.shape as [number, number]
      const assignments = gpu.output(scores.shape)
      if (samples * prototypes > MOST_NUMBERS || samples + prototypes > MOST_LINES) {
        inManyPasses(gpu, scores, assignments, epsilon, iterations)
      } else {
        gpu.run(whole(samples, prototypes), { reads: [scores], writes: [assignments], uniforms: { epsilon, iterations }, groups: 1 })
      }
      return [assignments]
    },
  },
  trial: () => [
    ...([[7, 5], [1, 3], [33, 18], [300, 10]] as const).map((shape) => sinkhorn(madeUp(shape), 0.05, 3)),
    sinkhorn(madeUp([2_100, 17]), 0.05, 2),
  ],
}
