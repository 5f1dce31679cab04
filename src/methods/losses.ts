import { add, concat, mean, mul, slice, type Scalar, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { crossEntropy } from '../compute/cross-entropy'

/** Label-smoothed targets: 1−s+s/K on the class, s/K elsewhere; from one-hot rows, [rows, prototypes]. */
export function smoothed(oneHot: Tensor2D, smoothing: number): Tensor2D {
  return add(mul(oneHot, 1 - smoothing), smoothing / oneHot.shape[1])
}

/** The parts of a step’s loss; those that a method has not are absent. */
export interface Losses {
  /** What is differentiated. */
  loss: Scalar
  /** Views against the targets of other views. */
  unlabelledLoss?: Scalar
  labelledLoss?: Scalar
  /** PAWS: minus the entropy of the mean sharpened prediction. */
  meanEntropyLoss?: Scalar
  /** S4L: the rotation guessed. */
  rotationLoss?: Scalar
}

/** Scores and what they should be, [rows, prototypes] each. */
export interface Predictions {
  scores: Tensor2D
  targets: Tensor2D
}

/**
 * The one cross-entropy of Suave and Daino (Fini et al., 2023, section 3): labelled rows predict
 * their class, every view predicts the targets of the global views other than itself.
 *
 * @param views scores of every view, [unlabelled, prototypes] each; the first two are the globals
 * @param targets assignments of the two globals, of the same shape
 * @param labelledWeight share of the labelled part; by row counts, as the paper has it, when absent
 */
export function semiSupervisedLoss(
  labelled: Predictions,
  views: readonly Tensor2D[],
  targets: readonly [Tensor2D, Tensor2D],
  temperature: number,
  labelledWeight?: number,
): Losses {
  const [q0, q1] = targets
  const small = views.slice(2)
  const swapped = small.length > 0
    ? [q1, q0, ...small.map(() => add(q0, q1) as Tensor2D)]
    : [q1, q0]
  const rowLosses = crossEntropy(
    concat([labelled.scores, ...views]), concat([labelled.targets, ...swapped]), temperature,
  )

  const labelledRows = labelled.scores.shape[0]
  const viewRows = views.length * q0.shape[0]
  const labelledLoss = meanOf(rowLosses, 0, labelledRows)
  // A mean over 2(V−1) ordered pairs: each target is predicted by the V−1 other views.
  const pairs = 2 * (views.length - 1)
  const unlabelledLoss = mul(meanOf(rowLosses, labelledRows, viewRows), views.length / pairs) as Scalar

  const weight = labelledWeight ?? labelledRows / (labelledRows + viewRows)
  const loss = add(mul(unlabelledLoss, 1 - weight), mul(labelledLoss, weight)) as Scalar
  return { loss, unlabelledLoss, labelledLoss }
}

function meanOf(rows: Tensor1D, from: number, count: number): Scalar {
  return mean(slice(rows, from, count)) as Scalar
}
