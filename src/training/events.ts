import type { Changes, Recipe } from '../recipe/recipe'
import type { Stage } from './stages'

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
  /** Mean entropy of one prediction of the student, in nats: rises to ln K when everything goes uniform. */
  'predictionEntropy',
  /** Mean of a target’s largest entry: 1 when assignments are hard. Sinkhorn’s own sign of a collapse. */
  'assignmentSharpness',
  /** How far the student’s unit features spread, mean deviation of a dimension × √dimensions: 1 over the whole sphere, 0 in one point. */
  'featureSpread',
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

/** What an evaluation finds of one network, on the test pictures, with running statistics and their own views. */
export interface Measures {
  /** Share of pictures whose best prototype k is their class k. */
  accuracy: number
  /** The same under the one-to-one naming of prototypes that fits best: all that can be read where no label names them. */
  clusterAccuracy: number
  /** Of 20 weighted neighbours among the training pictures, all with their label, by the encoder’s features. */
  neighbourAccuracy?: number
  /** Of linear probes that learn along, on the encoder’s features and on the projector’s first layer. */
  backboneProbeAccuracy?: number
  projectorProbeAccuracy?: number
  /** At the end of a run: of a linear classifier of the frozen encoder’s features, taught with every training label. */
  linearProbeAccuracy?: number
  /** Share of each class’s pictures that are right, [classes], under the naming that counts for the method. */
  classAccuracies: Float32Array
  /** Pictures of each class that each prototype wins, [classes × prototypes]. */
  confusion: Int32Array
}

/** What somebody looks at. What nobody looks at is neither read from the device nor sent. */
export interface Watch {
  /** Rows of the heat map of assignments; 0 when it is hidden. */
  assignments: number
  /** Whether a view shows snapshots. */
  snapshot: boolean
  /** Whether a view shows what is answered to the test pictures. */
  answers: boolean
  /** Whether the step is under the lens: the loop then stops at its gates. */
  lens: boolean
}

/** How one network scores pictures, [pictures, prototypes]. */
export interface Scores {
  scores: Float32Array
  /** The teacher’s, where there is one. */
  teacherScores?: Float32Array
}

/** The model’s look at the pictures of the gallery, between two steps and without a gradient. */
export interface Snapshot extends Scores {
  /** Steps taken before it. */
  step: number
  /** The recipe at that step: live changes and schedules are in its values. */
  recipe: Recipe
  prototypes: number
  featureSize: number
  /** The student’s unit features of the gallery, [pictures, featureSize], with running statistics. */
  features: Float32Array
  /** The prototypes’ own rows of unit length, [prototypes, featureSize]. */
  prototypeRows: Float32Array
  /** Running mean of the teacher’s scores, [prototypes], where there is one. */
  centre?: Float32Array
  /** ‖φ − θ‖ / ‖θ‖ over all weights, where there is a teacher φ. */
  teacherDistance?: number
  /** The gallery’s fixed test pictures. */
  test: Scores
  pairs: ViewPairs
}

/** A few pictures of the gallery, each cut twice: the same two views in every snapshot of a run. */
export interface ViewPairs extends Scores {
  /** Indices into the gallery. */
  pictures: Int32Array
  /** The first views, then the second ones, view by view, [2·pictures, 32, 32, RGBA]. Scores and features are in this order. */
  rgba: Uint8ClampedArray<ArrayBuffer>
  features: Float32Array
  teacherFeatures?: Float32Array
}

/**
 * What the network that is judged, the teacher where there is one, answers to every test picture, in their order. A
 * prototype’s probability is softmax(s/τ); where labelled pictures vote, classes stand in for prototypes.
 */
export interface Answers {
  /** Steps taken before. */
  step: number
  prototypes: number
  /** How many of the likeliest prototypes of a picture are told: three, or all of two. */
  ranks: number
  /** These prototypes, the likeliest first, [test pictures, ranks]. */
  ranking: Uint16Array<ArrayBuffer>
  /** Their probabilities, [test pictures, ranks]. */
  probabilities: Float32Array
  /** All probabilities of the gallery’s fixed test pictures, [fixed pictures, prototypes]. */
  fixed: Float32Array
  /** The prototype of each class under the one-to-one naming that fits best, [classes]; −1 where none is left. */
  bestNaming: Int32Array
}

/** What the trainer tells whoever pulls it. */
export type TrainingEvent =
  | ProgressEvent
  | { type: 'snapshot'; step: number; snapshot: Snapshot }
  | { type: 'answers'; step: number; answers: Answers }
  /** A gate inside step `step`, which is not over; the recipe is the one at that step. */
  | { type: 'stage'; step: number; recipe: Recipe; stage: Stage }

/** How a run goes on. */
export type ProgressEvent =
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
      /**
       * What the run is judged by: share of test pictures that the teacher, where there is one, else the student, names
       * rightly. Methods without labels (SwAV, DINO) have clusters without names: theirs is the cluster accuracy.
       */
      testAccuracy: number
      /** Read as `testAccuracy` is. */
      studentAccuracy: number
      teacherAccuracy?: number
      student: Measures
      teacher?: Measures
    }
  | { type: 'finished'; step: number }

export type Evaluation = Extract<TrainingEvent, { type: 'evaluation' }>

/** The numbers of an evaluation beside the accuracies of student and teacher. */
export const MEASURES = [
  'clusterAccuracy', 'neighbourAccuracy', 'backboneProbeAccuracy', 'projectorProbeAccuracy', 'linearProbeAccuracy',
] as const
export type MeasureName = (typeof MEASURES)[number]

/** Those of the network that is judged, the teacher where there is one; probes learn along with the student alone. */
export function measuresOf({ student, teacher }: Evaluation): Partial<Record<MeasureName, number>> {
  const all: Partial<Measures> = { ...student, ...teacher }
  return Object.fromEntries(MEASURES.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])))
}
