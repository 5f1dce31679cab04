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
  // Each parameter counts its own steps: frozen prototypes begin with their first gradient, as in PyTorch.
  const counts = parameters.map(() => 0)
  return {
    step(gradients, learningRate, { momentum, beta1, beta2, adamEpsilon, trustCoefficient, weightDecay }) {
      const moves = parameters.flatMap(({ value, decays }, i) => {
        const gradient = gradients[value.name]
        if (!gradient) return []
        counts[i]! += 1
        return [{ value, gradient, memory: memories[i]!, decay: decays ? weightDecay : 0, count: counts[i]! }]
      })
      updateParameters(kind, moves, { learningRate, momentum, beta1, beta2, adamEpsilon, trustCoefficient })
    },
    dispose: () => memories.flat().forEach((memory) => memory.dispose()),
  }
}
