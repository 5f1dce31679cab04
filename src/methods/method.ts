import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Network } from '../nn/network'
import type { Parameter } from '../nn/parameters'
import type { Recipe } from '../recipe/recipe'
import type { Losses } from './losses'

/** Which views a step deals out for a method; what it does not want is neither cut nor encoded. */
export interface Wanted {
  /** Labelled pictures: none, a batch by chance, or as many of each class (`supportsPerClass`). */
  labelled: 'none' | 'batch' | 'balanced'
  /** Global views of each unlabelled picture. */
  globals: 0 | 1 | 2
  /** Whether small views, as many as the recipe says, come with them. */
  small: boolean
  /** Whether pictures mixed in pairs, labelled and unlabelled, join the batch if the recipe says so. */
  mixing: boolean
}

/** The views of one step, on the device, normalised. */
export interface Views {
  /**
   * Views of the pictures’ own size: the labelled pictures’ (one each, then the mixed ones), the globals of the
   * unlabelled ones view by view, and their mixed view if there is one,
   * [labelled + (globals + mixed)·unlabelled, 32, 32, 3]. One batch for batch norm.
   */
  full: Tensor4D
  /** Small views of the unlabelled pictures, view by view, [smallViews·unlabelled, size, size, 3]. */
  small?: Tensor4D
  /** Classes of the labelled pictures over the prototypes: one-hot, for mixed pictures mixed, [labelled, prototypes]. */
  labels: Tensor2D
  /** Rows of labelled pictures in `full`, mixed ones included; 0 when no label is wanted. */
  labelled: number
  /** 0 when the method learns from labelled pictures alone. */
  unlabelled: number
  /** Share λ of the first global in the mixed view, λ·view₀ + (1−λ)·reversed view₁; absent without such a view. */
  mixture?: number
}

/** What a step shows beside its losses, detached; of the first global view, [unlabelled, prototypes] each. */
export interface Targets {
  assignments: Tensor2D
  /** The student’s scores, whose softmax at the temperature τ is its prediction: cosines with the prototypes. */
  scores: Tensor2D
  /** Assignments of the second global view, where a method has them. */
  second?: Tensor2D
}

/** A way to learn, as the papers state it: which views, which targets, which loss, what follows the step. */
export interface Method {
  readonly wanted: Wanted
  /** The slow copy of the student that classifies beside it, if there is one. */
  readonly teacher?: Network
  /** What is taken off the teacher’s scores, [prototypes], if anything is. */
  readonly centre?: Tensor1D
  /** What the method learns beside the student: the optimiser moves it too. */
  readonly parameters?: readonly Parameter[]
  /**
   * The loss of a step, differentiable in the parameters of the student and the method.
   * @param recipe the recipe of this very step: live changes and schedules are in its values
   */
  loss(student: Network, views: Views, recipe: Recipe): { losses: Losses; targets?: Targets }
  /**
   * How a trained network names pictures where its prototypes do not: scores of the classes, [rows, classes], for
   * features as the projector gives them, [rows, featureSize].
   * @param labelled features of the labelled pictures and their classes, one-hot, [labelled, classes]
   */
  classify?(features: Tensor2D, labelled: { features: Tensor2D; labels: Tensor2D }, recipe: Recipe): Tensor2D
  /** What follows the optimiser’s step. */
  afterStep(student: Network, recipe: Recipe): void
  dispose(): void
}
