import type { Changes } from '../recipe/recipe'

/** The scalars of one step, in the order in which they are packed on the device. */
export const METRICS = [
  /** The loss that was differentiated. */
  'loss',
  'unlabelledLoss',
  'labelledLoss',
  /** PAWS: minus the entropy of the mean sharpened prediction, in nats. */
  'meanEntropyLoss',
  /** S4L: cross-entropy of guessing the rotation, in nats. */
  'rotationLoss',
  /** Share of unlabelled pictures of the batch whose target’s largest prototype is their class. */
  'pseudoLabelAccuracy',
  /** Mean entropy of a target, in nats. */
  'assignmentEntropy',
  /** Entropy of the mean target, in nats. */
  'meanAssignmentEntropy',
  /** Entropy of the mean prediction of the student, in nats: falls when prototypes go unused. */
  'meanPredictionEntropy',
] as const
export type MetricName = (typeof METRICS)[number]
/** Absent numbers (a supervised run has no targets) are NaN. */
export type Metrics = Record<MetricName, number>

/** The targets of the first unlabelled pictures of a batch, for the heat map. */
export interface AssignmentSample {
  /** Positions of the pictures within the training part. */
  pictures: Int32Array
  prototypes: number
  /** Targets q of the first global view, [pictures, prototypes], rows sum to 1. */
  assignments: Float32Array
  /** The student’s predictions softmax(s/τ) of the same rows. */
  predictions: Float32Array
}

/** What the trainer tells whoever pulls it. */
export type TrainingEvent =
  | {
      type: 'metrics'
      step: number
      metrics: Metrics
      /** Share of the batch’s predictions that each prototype wins, [prototypes]. */
      usage: Float32Array
      /** Present when somebody watches the assignments. */
      sample?: AssignmentSample
    }
  | { type: 'stepped'; step: number }
  /** Live changes that the step after `step` is the first to obey. */
  | { type: 'applied'; step: number; changes: Changes }
  | {
      type: 'evaluation'
      step: number
      /** Share of test pictures whose best prototype is their class: the teacher’s for Daino, else the student’s. */
      testAccuracy: number
      studentAccuracy: number
      teacherAccuracy?: number
    }
  | { type: 'finished'; step: number }
