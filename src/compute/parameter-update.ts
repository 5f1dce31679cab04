import {
  add, div, greater, logicalAnd, mul, norm, sqrt, square, sub, tidy, where, type Tensor, type Variable,
} from '@tensorflow/tfjs-core'
import type { Recipe } from '../recipe/recipe'
import { ownKernel } from './own-kernel'

/** One tensor that follows its gradient. */
export interface Move {
  value: Variable
  gradient: Tensor
  /** What is remembered from step to step: as many tensors of the value’s shape as MEMORIES says. */
  memory: readonly Variable[]
  /** λ */
  decay: number
  /** The number of this step among those that have moved this tensor, from 1. */
  count: number
}

/** The numbers of a step; a rule uses those that it knows. */
export interface StepSettings extends Pick<Recipe, 'momentum' | 'beta1' | 'beta2' | 'adamEpsilon' | 'trustCoefficient'> {
  learningRate: number
}

export type UpdateRule = Recipe['optimiser']

/** How many tensors each rule remembers of a parameter. */
export const MEMORIES: Record<UpdateRule, number> = { sgd: 1, adamw: 2, lars: 1 }

/** LARS’s guard against a division by zero. */
export const LARS_EPSILON = 1e-8

/**
 * A kernel that a backend may have: value0, gradient0, memory0_0, …, value1, …, and as attributes the rule, decays,
 * counts and every number of the settings → values and memories in the same order, or nothing when they were changed where
 * they are.
 */
export const PARAMETER_UPDATE = 'ParameterUpdate'

/** Moves all parameters by one step of a rule. */
export function updateParameters(rule: UpdateRule, moves: readonly Move[], settings: StepSettings): void {
  const kernel = ownKernel(PARAMETER_UPDATE)
  tidy(() => {
    if (!kernel) return moves.forEach((move) => RULES[rule](move, settings))
    const outputs = kernel(named(moves), {
      rule, decays: moves.map(({ decay }) => decay), counts: moves.map(({ count }) => count), ...settings,
    })
    if (outputs.length > 0) moves.flatMap(({ value, memory }) => [value, ...memory]).forEach((variable, i) => variable.assign(outputs[i]!))
  })
}

function named(moves: readonly Move[]): Record<string, Tensor> {
  return Object.fromEntries(moves.flatMap(({ value, gradient, memory }, i) => [
    [`value${i}`, value], [`gradient${i}`, gradient], ...memory.map((one, j) => [`memory${i}_${j}`, one]),
  ]))
}

const RULES: Record<UpdateRule, (move: Move, settings: StepSettings) => void> = {
  /** v ← μv + g + λp; p ← p − ηv. */
  sgd: ({ value: p, gradient, memory: [velocity], decay }, { learningRate, momentum }) => {
    descend(p, velocity!, add(gradient, mul(p, decay)), learningRate, momentum)
  },

  /** Decoupled weight decay (Loshchilov and Hutter, 2019, algorithm 2). */
  adamw: ({ value: p, gradient, memory: [first, second], decay, count }, { learningRate, beta1, beta2, adamEpsilon }) => {
    first!.assign(add(mul(first!, beta1), mul(gradient, 1 - beta1)))
    second!.assign(add(mul(second!, beta2), mul(square(gradient), 1 - beta2)))
    const mean = div(first!, 1 - beta1 ** count)
    const deviation = sqrt(div(second!, 1 - beta2 ** count))
    const kept = mul(p, 1 - learningRate * decay)
    p.assign(sub(kept, mul(div(mean, add(deviation, adamEpsilon)), learningRate)))
  },

  /** Layer-wise rate η‖p‖ / (‖g‖ + λ‖p‖) on top of SGD (You et al., 2017, equation 6). */
  lars: ({ value: p, gradient, memory: [velocity], decay }, { learningRate, momentum, trustCoefficient }) => {
    const length = norm(p)
    const slope = norm(gradient)
    const rate = div(mul(length, trustCoefficient), add(add(slope, mul(length, decay)), LARS_EPSILON))
    const scaled = mul(add(gradient, mul(p, decay)), rate)
    const movable = logicalAnd(greater(length, 0), greater(slope, 0))
    descend(p, velocity!, where(movable, scaled, gradient), learningRate, momentum)
  },
}

function descend(p: Variable, velocity: Variable, gradient: Tensor, learningRate: number, momentum: number): void {
  velocity.assign(add(mul(velocity, momentum), gradient))
  p.assign(sub(p, mul(velocity, learningRate)))
}
