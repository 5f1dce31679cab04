import {
  add, concat, expandDims, eye, matMul, mean, mul, ones, reshape, reverse, slice, tidy, tile, transpose,
  type Scalar, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { crossEntropy } from '../compute/cross-entropy'
import { unitRows } from '../compute/unit-rows'
import { ParameterStore } from '../nn/parameters'
import type { Recipe } from '../recipe/recipe'
import { smoothed, type Losses } from './losses'
import type { Method } from './method'

const ROTATIONS = 4

/**
 * S4L-Rotation (Zhai et al., 2019): every picture comes in four rotations, four prototypes of their own guess which, and
 * the labelled ones learn their class in each. The class head are the prototypes, as in the supervised baseline; they
 * name an upright test picture.
 */
export function createS4l({ featureSize }: Recipe): Method {
  const store = new ParameterStore()
  // All alike at first, so that the guesses are even, whatever the features.
  const alike = tidy(() => unitRows(ones([ROTATIONS, featureSize])))
  const turns = store.learned('rotations', alike, { decays: false })

  return {
    wanted: { labelled: 'batch', globals: 1, small: false, mixing: false },
    parameters: store.parameters,

    loss(student, { full, labels, labelled }, recipe) {
      const features = student.project([rotated(full)], 'batch')
      const classScores = student.scores(ofLabelled(features, labelled))
      const guesses = matMul(unitRows(features), turns, false, true) as Tensor2D
      return { losses: s4lLoss({ classScores, labels, guesses }, recipe) }
    },

    afterStep: () => tidy(() => turns.assign(unitRows(turns))),
    dispose: () => store.dispose(),
  }
}

/** All pictures upright, then all turned counter-clockwise by one, two and three quarters, [4·count, side, side, channels]. */
export function rotated(pictures: Tensor4D): Tensor4D {
  const transposed = (x: Tensor4D) => transpose(x, [0, 2, 1, 3])
  return concat([
    pictures,
    reverse(transposed(pictures), 1),
    reverse(pictures, [1, 2]),
    transposed(reverse(pictures, 1)),
  ])
}

/** What both heads say; rows are ordered by rotation, within one the labelled pictures come first. */
export interface Answers {
  /** [4·labelled, classes] */
  classScores: Tensor2D
  /** [labelled, classes] */
  labels: Tensor2D
  /** [4·(labelled + unlabelled), 4] */
  guesses: Tensor2D
}

/**
 * The class loss over all four rotations of the labelled pictures and, weighted, the rotation loss: the mean of what
 * labelled and unlabelled pictures have of it, however many there are of each.
 */
export function s4lLoss(
  { classScores, labels, guesses }: Answers,
  { temperature, labelSmoothing, rotationWeight }: Pick<Recipe, 'temperature' | 'labelSmoothing' | 'rotationWeight'>,
): Required<Pick<Losses, 'loss' | 'labelledLoss' | 'rotationLoss'>> {
  const targets = tile(smoothed(labels, labelSmoothing), [ROTATIONS, 1])
  const labelledLoss = mean(crossEntropy(classScores, targets, temperature)) as Scalar

  const pictures = guesses.shape[0] / ROTATIONS
  const labelled = labels.shape[0]
  const rotationLosses = reshape(crossEntropy(guesses, rotationsOf(pictures), temperature), [ROTATIONS, pictures])
  const meanOf = (from: number, count: number) => mean(slice(rotationLosses, [0, from], [ROTATIONS, count])) as Scalar
  const rotationLoss = mul(add(meanOf(0, labelled), meanOf(labelled, pictures - labelled)), 0.5) as Scalar
  return { loss: add(labelledLoss, mul(rotationLoss, rotationWeight)), labelledLoss, rotationLoss }
}

/** One-hot rotations of rows ordered by rotation, [4·pictures, 4]. */
function rotationsOf(pictures: number): Tensor2D {
  return reshape(tile(expandDims(eye(ROTATIONS), 1), [1, pictures, 1]), [ROTATIONS * pictures, ROTATIONS])
}

/** The labelled pictures’ rows of every rotation, [4·labelled, size]. */
function ofLabelled(rows: Tensor2D, labelled: number): Tensor2D {
  const [count, size] = rows.shape
  const byRotation = reshape(rows, [ROTATIONS, count / ROTATIONS, size])
  return reshape(slice(byRotation, [0, 0, 0], [ROTATIONS, labelled, size]), [ROTATIONS * labelled, size])
}
