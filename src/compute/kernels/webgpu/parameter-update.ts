import { tensor1d, tidy, variable, type TensorInfo } from '@tensorflow/tfjs-core'
import { madeUp } from '../../made-up'
import {
  LARS_EPSILON, MEMORIES, PARAMETER_UPDATE, updateParameters, type StepSettings, type UpdateRule,
} from '../../parameter-update'
import type { Gpu } from './gpu'
import { CHUNK_THREADS, chunksOf, inGroups, sizeOf, throughAll } from './many-tensors'
import type { OwnKernel } from './own-kernel'
import { programFor, type Element, type Program, type Scalar } from './program'
import { reductions } from './reductions'

/** A parameter on the device: its value and memories are overwritten. */
interface Moving { value: TensorInfo; gradient: TensorInfo; memory: TensorInfo[]; decay: number; count: number }

/** How number `i` of parameter `t` moves. */
const RULES: Record<UpdateRule, (t: number) => string> = {
  sgd: (t) => `
    let velocity = uniforms.momentum * memory${t}_0[i] + gradient${t}[i] + uniforms.decay${t} * value${t}[i];
    memory${t}_0[i] = velocity;
    value${t}[i] -= uniforms.learningRate * velocity;`,
  adamw: (t) => `
    let gradient = gradient${t}[i];
    let first = uniforms.beta1 * memory${t}_0[i] + (1.0 - uniforms.beta1) * gradient;
    let second = uniforms.beta2 * memory${t}_1[i] + (1.0 - uniforms.beta2) * gradient * gradient;
    memory${t}_0[i] = first;
    memory${t}_1[i] = second;
    let direction = first / uniforms.first${t} / (sqrt(second / uniforms.second${t}) + uniforms.adamEpsilon);
    value${t}[i] = value${t}[i] * (1.0 - uniforms.learningRate * uniforms.decay${t}) - uniforms.learningRate * direction;`,
  lars: (t) => `
    let length = lengths[${2 * t}];
    let slope = lengths[${2 * t + 1}];
    let rate = uniforms.trustCoefficient * length / (slope + uniforms.decay${t} * length + ${LARS_EPSILON});
    let gradient = gradient${t}[i];
    let scaled = select(gradient, rate * (gradient + uniforms.decay${t} * value${t}[i]), length > 0.0 && slope > 0.0);
    let velocity = uniforms.momentum * memory${t}_0[i] + scaled;
    memory${t}_0[i] = velocity;
    value${t}[i] -= uniforms.learningRate * velocity;`,
}

const NUMBERS: Record<UpdateRule, readonly string[]> = {
  sgd: ['learningRate', 'momentum'],
  adamw: ['learningRate', 'beta1', 'beta2', 'adamEpsilon'],
  lars: ['learningRate', 'momentum', 'trustCoefficient'],
}

/** By how much each memory falls short of a mean after so many steps, by their names in the program; AdamW’s alone. */
const CORRECTIONS: readonly [name: string, of: 'beta1' | 'beta2'][] = [['first', 'beta1'], ['second', 'beta2']]

const update = programFor((rule: UpdateRule, ...sizes: number[]): Program => {
  const numbered = <Value>(name: (i: number) => string, value: Value) => sizes.map((_, i) => [name(i), value] as const)
  const memories = Array.from({ length: MEMORIES[rule] }, (_, j) => numbered<Element>((i) => `memory${i}_${j}`, 'f32'))
  return {
    name: `the parameters’ step by ${rule}`,
    reads: Object.fromEntries([
      ...numbered<Element>((i) => `gradient${i}`, 'f32'), ...(rule === 'lars' ? [['lengths', 'f32'] as const] : []),
    ]),
    writes: Object.fromEntries([...numbered<Element>((i) => `value${i}`, 'f32'), ...memories.flat()]),
    uniforms: Object.fromEntries([
      ...NUMBERS[rule].map((name) => [name, 'f32'] as const), ...numbered<Scalar>((i) => `decay${i}`, 'f32'),
      ...(rule === 'adamw' ? CORRECTIONS.flatMap(([name]) => numbered<Scalar>((i) => `${name}${i}`, 'f32')) : []),
    ]),
    threads: CHUNK_THREADS,
    code: throughAll(sizes, RULES[rule]),
  }
})

/** ‖p‖ and ‖g‖ of every parameter, [2·count]: one workgroup for each length. */
const lengthsProgram = programFor((...sizes: number[]): Program => {
  const tensors = sizes.flatMap((size, i) => [{ name: `value${i}`, size }, { name: `gradient${i}`, size }])
  return {
    name: 'the parameters’ lengths',
    reads: Object.fromEntries(tensors.map(({ name }) => [name, 'f32'])),
    writes: { lengths: 'f32' },
    threads: CHUNK_THREADS,
    code: `
${reductions(CHUNK_THREADS)}
fn run(group: u32, thread: u32) {
  var squares = 0.0;
  switch (group) {
    ${tensors.map(({ name, size }, t) => `case ${t}u: { for (var i = thread; i < ${size}u; i += ${CHUNK_THREADS}u) { squares += ${name}[i] * ${name}[i]; } }`).join('\n')}
    default: {}
  }
  let all = sumOf(thread, squares);
  if (thread == 0u && group < ${tensors.length}u) { lengths[group] = sqrt(all); }
}`,
  }
})

function move(gpu: Gpu, rule: UpdateRule, group: readonly Moving[], settings: StepSettings): void {
  const sizes = group.map(({ value }) => sizeOf(value))
  const gradients = group.map(({ gradient }) => gradient)
  const lengths = rule === 'lars' ? [gpu.output([2 * group.length])] : []
  if (rule === 'lars') {
    gpu.run(lengthsProgram(...sizes), {
      reads: group.flatMap(({ value, gradient }) => [value, gradient]), writes: lengths, groups: 2 * group.length,
    })
  }
  gpu.run(update(rule, ...sizes), {
    reads: [...gradients, ...lengths],
    writes: [...group.map(({ value }) => value), ...Array.from({ length: MEMORIES[rule] }, (_, j) => group.map(({ memory }) => memory[j]!)).flat()],
    uniforms: {
      ...settings,
      ...Object.fromEntries(group.flatMap(({ decay, count }, i) => [
        [`decay${i}`, decay], ...CORRECTIONS.map(([name, beta]) => [`${name}${i}`, 1 - settings[beta] ** count]),
      ])),
    },
    groups: chunksOf(sizes),
  })
  lengths.forEach((info) => gpu.free(info))
}

export const PARAMETER_UPDATE_KERNEL: OwnKernel = {
  name: 'the parameters’ step',
  kernels: {
    [PARAMETER_UPDATE]: (gpu, { inputs, attrs }) => {
      const { rule, decays, counts, ...settings } = attrs as unknown as StepSettings & { rule: UpdateRule; decays: number[]; counts: number[] }
      const given = decays.map((decay, i): Moving => ({
        value: inputs[`value${i}`]!,
        gradient: inputs[`gradient${i}`]!,
        memory: Array.from({ length: MEMORIES[rule] }, (_, j) => inputs[`memory${i}_${j}`]!),
        decay,
        count: counts[i]!,
      }))
      const alone = gpu.areAlone(given.flatMap(({ value, memory }) => [value, ...memory]))
      const moving = alone ? given : given.map((move) => (
        { ...move, value: gpu.copyOf(move.value), memory: move.memory.map((info) => gpu.copyOf(info)) }))
      const arrays = gpu.limits.maxStorageBuffersPerShaderStage - (rule === 'lars' ? 1 : 0)
      for (const group of inGroups(moving, Math.floor(arrays / (2 + MEMORIES[rule])))) move(gpu, rule, group, settings)
      return alone ? [] : moving.flatMap(({ value, memory }) => [value, ...memory])
    },
  },
  trial: () => (['sgd', 'adamw', 'lars'] as const).flatMap(trialOf),
}

/** Where parameters of odd sizes stand after two steps, and what is remembered of them. */
function trialOf(rule: UpdateRule) {
  const sizes = [5, 1_500, 1, 64]
  const held = sizes.map((size) =>
    Array.from({ length: 1 + MEMORIES[rule] }, (_, j) => variable(tensor1d(Array.from({ length: size }, (_, i) => (1 - Math.min(j, 1)) * (i % 4))), false)))
  for (const count of [1, 2]) {
    tidy(() => updateParameters(rule, held.map(([value, ...memory], i) => ({
      value: value!, memory, gradient: madeUp([sizes[i]!], 0.3 + i + count), decay: 0.01 * i, count: count + i,
    })), { learningRate: 0.1, momentum: 0.9, beta1: 0.9, beta2: 0.999, adamEpsilon: 1e-4, trustCoefficient: 0.02 }))
  }
  return held.flat().map((one) => {
    const values = one.clone()
    one.dispose()
    return values
  })
}
