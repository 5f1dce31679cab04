import { add, concat, mean, mul, slice, type Scalar, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { crossEntropy } from '../compute/cross-entropy'

/** Label-smoothed targets: (1−s)·t + s/K of one-hot (or mixed) rows t, [rows, prototypes]. */
export function smoothed(labels: Tensor2D, smoothing: number): Tensor2D {
  return add(mul(labels, 1 - smoothing), smoothing / labels.shape[1])
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

/** What the student says of a step’s pictures. */
export interface Outlook {
  /** Absent where no label teaches. */
  labelled?: Predictions
  /** Scores of every view, [unlabelled, prototypes] each; the first two are the globals. */
  views: readonly Tensor2D[]
  /** The view that mixes two pictures, if there is one. */
  mixed?: Predictions
}

/**
 * The one cross-entropy of Suave and Daino (Fini et al., 2023, section 3), without labels that of
 * SwAV and DINO: labelled rows predict their class, every view predicts the targets of the global
 * views other than itself, a mixed view its mixed targets.
 *
 * @param targets assignments of the two globals, [unlabelled, prototypes] each
 * @param labelledWeight share of the labelled part; by row counts, as the paper has it, when absent
 */
export function semiSupervisedLoss(
  { labelled, views, mixed }: Outlook,
  targets: readonly [Tensor2D, Tensor2D],
  temperature: number,
  labelledWeight?: number,
): Losses {
  const [q0, q1] = targets
  const swapped = [q1, q0]
  if (views.length > 2) swapped.push(...Array<Tensor2D>(views.length - 2).fill(add(q0, q1)))
  const others = [labelled, mixed].filter((part) => part !== undefined)
  const rowLosses = crossEntropy(
    concat([...views, ...others.map(({ scores }) => scores)]),
    concat([...swapped, ...others.map((part) => part.targets)]),
    temperature,
  )

  const viewRows = views.length * q0.shape[0]
  const labelledRows = labelled?.scores.shape[0] ?? 0
  const mixedRows = mixed?.scores.shape[0] ?? 0
  // A mean over 2(V−1) ordered pairs: each target is predicted by the V−1 other views.
  const pairs = 2 * (views.length - 1)
  const swappedLoss = mul(meanOf(rowLosses, 0, viewRows), views.length / pairs) as Scalar
  const unlabelledLoss = mixed
    ? between(swappedLoss, meanOf(rowLosses, viewRows + labelledRows, mixedRows), mixedRows / (viewRows + mixedRows))
    : swappedLoss
  if (!labelled) return { loss: unlabelledLoss, unlabelledLoss }

  const labelledLoss = meanOf(rowLosses, viewRows, labelledRows)
  const weight = labelledWeight ?? labelledRows / (labelledRows + viewRows + mixedRows)
  return { loss: between(unlabelledLoss, labelledLoss, weight), unlabelledLoss, labelledLoss }
}

function between(a: Scalar, b: Scalar, share: number): Scalar {
  return add(mul(a, 1 - share), mul(b, share))
}

function meanOf(rows: Tensor1D, from: number, count: number): Scalar {
  return mean(slice(rows, from, count)) as Scalar
}
