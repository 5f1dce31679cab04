import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Network } from '../nn/network'
import type { Recipe } from '../recipe/recipe'
import type { Losses } from './losses'

/** The views of one step, on the device, normalised. */
export interface Views {
  /**
   * Views of the pictures’ own size: the labelled pictures’ (one each), then the first and the
   * second global of the unlabelled ones, [labelled + 2·unlabelled, 32, 32, 3]. One batch for batch norm.
   */
  full: Tensor4D
  /** Small views of the unlabelled pictures, view by view, [smallViews·unlabelled, size, size, 3]. */
  small?: Tensor4D
  /** Classes of the labelled pictures, one-hot over the prototypes, [labelled, prototypes]. */
  labels: Tensor2D
  labelled: number
  /** 0 when the method learns from labelled pictures alone. */
  unlabelled: number
}

/** What a step shows beside its losses, detached; of the first global view, [unlabelled, prototypes] each. */
export interface Targets {
  assignments: Tensor2D
  /** The student’s cosines. */
  scores: Tensor2D
  /** Assignments of the second global view, where a method has them. */
  second?: Tensor2D
}

/** A way to learn, as the papers state it: which views, which targets, which loss, what follows the step. */
export interface Method {
  /** Whether unlabelled pictures take part. */
  readonly needsUnlabelled: boolean
  /** The slow copy of the student that classifies beside it, if there is one. */
  readonly teacher?: Network
  /** What is taken off the teacher’s scores, [prototypes], if anything is. */
  readonly centre?: Tensor1D
  /**
   * The loss of a step, differentiable in the student’s parameters.
   * @param recipe the recipe of this very step: live changes and schedules are in its values
   */
  loss(student: Network, views: Views, recipe: Recipe): { losses: Losses; targets?: Targets }
  /** What follows the optimiser’s step. */
  afterStep(student: Network, recipe: Recipe): void
  dispose(): void
}
