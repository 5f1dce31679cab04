import {
  add, div, mul, norm, sqrt, square, sub, tidy, where, greater, logicalAnd, zerosLike, variable,
  type NamedTensorMap, type Tensor, type Variable,
} from '@tensorflow/tfjs-core'
import type { Recipe } from '../recipe/recipe'
import type { Parameter } from './parameters'

export type OptimiserSettings = Pick<
  Recipe, 'optimiser' | 'momentum' | 'beta1' | 'beta2' | 'trustCoefficient' | 'weightDecay'
>

export interface Optimiser {
  /** Follows the gradients (by name of the variable) at this step’s learning rate and settings. */
  step(gradients: NamedTensorMap, learningRate: number, settings: OptimiserSettings): void
  dispose(): void
}

/** What one parameter remembers from step to step. */
type Memory = Variable[]

/** The rule by which a parameter moves; `count` is the number of this step, from 1. */
type Rule = (
  value: Variable, gradient: Tensor, memory: Memory, learningRate: number, decay: number,
  settings: OptimiserSettings, count: number,
) => void

/** Adam’s guard against a division by zero. */
const ADAM_EPSILON = 1e-8

const RULES: Record<Recipe['optimiser'], { rule: Rule; memories: number }> = {
  /** v ← μv + g + λp; p ← p − ηv. */
  sgd: {
    memories: 1,
    rule: (p, gradient, [velocity], learningRate, decay, { momentum }) => {
      descend(p, velocity!, add(gradient, mul(p, decay)), learningRate, momentum)
    },
  },

  /** Decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2). */
  adamw: {
    memories: 2,
    rule: (p, gradient, [first, second], learningRate, decay, { beta1, beta2 }, count) => {
      first!.assign(add(mul(first!, beta1), mul(gradient, 1 - beta1)))
      second!.assign(add(mul(second!, beta2), mul(square(gradient), 1 - beta2)))
      const mean = div(first!, 1 - beta1 ** count)
      const deviation = sqrt(div(second!, 1 - beta2 ** count))
      const kept = mul(p, 1 - learningRate * decay)
      p.assign(sub(kept, mul(div(mean, add(deviation, ADAM_EPSILON)), learningRate)))
    },
  },

  /** Layer-wise rate η‖p‖ / (‖g‖ + λ‖p‖) on top of SGD (You et al., 2017, equation 6). */
  lars: {
    memories: 1,
    rule: (p, gradient, [velocity], learningRate, decay, { momentum, trustCoefficient }) => {
      const length = norm(p)
      const slope = norm(gradient)
      const rate = div(mul(length, trustCoefficient), add(add(slope, mul(length, decay)), 1e-8))
      const scaled = mul(add(gradient, mul(p, decay)), rate)
      const movable = logicalAnd(greater(length, 0), greater(slope, 0))
      descend(p, velocity!, where(movable, scaled, gradient), learningRate, momentum)
    },
  },
}

/** The optimiser that the settings name, with a zero memory for each parameter. */
export function createOptimiser(parameters: readonly Parameter[], kind: Recipe['optimiser']): Optimiser {
  const { rule, memories } = RULES[kind]
  const memory = parameters.map(({ value }) =>
    Array.from({ length: memories }, () => tidy(() => variable(zerosLike(value), false))))
  let count = 0
  return {
    step(gradients, learningRate, settings) {
      count += 1
      tidy(() => parameters.forEach(({ value, decays }, i) => {
        const gradient = gradients[value.name]
        if (gradient) rule(value, gradient, memory[i]!, learningRate, decays ? settings.weightDecay : 0, settings, count)
      }))
    },
    dispose: () => memory.flat().forEach((value) => value.dispose()),
  }
}

function descend(p: Variable, velocity: Variable, gradient: Tensor, learningRate: number, momentum: number): void {
  velocity.assign(add(mul(velocity, momentum), gradient))
  p.assign(sub(p, mul(velocity, learningRate)))
}
