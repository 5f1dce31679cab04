import { tidy, variable, zerosLike, type NamedTensorMap } from '@tensorflow/tfjs-core'
import { MEMORIES, updateParameters } from '../compute/parameter-update'
import type { Recipe } from '../recipe/recipe'
import type { Parameter } from './parameters'

export type OptimiserSettings = Pick<
  Recipe, 'optimiser' | 'momentum' | 'beta1' | 'beta2' | 'adamEpsilon' | 'trustCoefficient' | 'weightDecay'
>

export interface Optimiser {
  /** Follows the gradients (by name of the variable) at this step’s learning rate and settings. */
  step(gradients: NamedTensorMap, learningRate: number, settings: OptimiserSettings): void
  dispose(): void
}

/** The optimiser that the settings name, with a zero memory for each parameter. */
export function createOptimiser(parameters: readonly Parameter[], kind: Recipe['optimiser']): Optimiser {
  const memories = parameters.map(({ value }) =>
    Array.from({ length: MEMORIES[kind] }, () => tidy(() => variable(zerosLike(value), false))))
  let count = 0
  return {
    step(gradients, learningRate, { momentum, beta1, beta2, adamEpsilon, trustCoefficient, weightDecay }) {
      count += 1
      const moves = parameters.flatMap(({ value, decays }, i) => {
        const gradient = gradients[value.name]
        return gradient ? [{ value, gradient, memory: memories[i]!, decay: decays ? weightDecay : 0 }] : []
      })
      updateParameters(kind, moves, { learningRate, momentum, beta1, beta2, adamEpsilon, trustCoefficient, count })
    },
    dispose: () => memories.flat().forEach((memory) => memory.dispose()),
  }
}
