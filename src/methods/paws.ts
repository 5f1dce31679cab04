import {
  add, concat, div, greaterEqual, log, matMul, maximum, mean, mul, neg, softmax, split, sum, where, zerosLike,
  type Scalar, type Tensor2D,
} from '@tensorflow/tfjs-core'
import { stopGradient } from '../compute/stop-gradient'
import { unitRows } from '../compute/unit-rows'
import type { Recipe } from '../recipe/recipe'
import { featuresOf } from './features'
import { smoothed, type Losses } from './losses'
import type { Method } from './method'

/** Target probabilities below this count as nothing, as in the authors’ code. */
const NEGLIGIBLE = 1e-4

/** PAWS (Assran et al., 2021): labelled pictures vote on unlabelled ones, and two views of a picture must be voted alike. */
export function createPaws(): Method {
  return {
    wanted: { labelled: 'balanced', globals: 2, small: true, mixing: false },

    loss(student, views, recipe) {
      const { labelled, views: viewFeatures } = featuresOf(student, views)
      const { losses, targets, predictions } = pawsLoss({
        supports: labelled!.features,
        supportLabels: smoothed(labelled!.labels, recipe.supportSmoothing),
        views: viewFeatures,
      }, recipe)
      return {
        losses,
        // A softmax of these at the temperature gives the predictions back.
        targets: { assignments: targets, scores: mul(logOf(predictions), recipe.temperature) },
      }
    },

    // All labelled pictures vote, upright and without smoothing.
    classify: (features, labelled, { temperature }) =>
      softNeighbours(features, labelled.features, labelled.labels, temperature),

    afterStep() {},
    dispose() {},
  }
}

/** Features as the projector gives them, before they have unit length. */
export interface VotingFeatures {
  /** [supports, featureSize] */
  supports: Tensor2D
  /** Their classes, smoothed, [supports, classes]. */
  supportLabels: Tensor2D
  /** [unlabelled, featureSize] of each view; the first two are the globals. */
  views: readonly Tensor2D[]
}

/**
 * From features to the loss: each view’s vote against the sharpened vote on the other global, a small view’s against
 * the mean of both; and minus the entropy of the mean sharpened vote (me-max), so that no class is left out.
 * Gradients reach views and supports, not the targets.
 * @returns beside the losses the sharpened and the plain votes on the first global, [unlabelled, classes]
 */
export function pawsLoss(
  { supports, supportLabels, views }: VotingFeatures,
  { temperature, sharpening, meanEntropyWeight }: Pick<Recipe, 'temperature' | 'sharpening' | 'meanEntropyWeight'>,
): { losses: Required<Pick<Losses, 'loss' | 'unlabelledLoss' | 'meanEntropyLoss'>>; targets: Tensor2D; predictions: Tensor2D } {
  const votes = softNeighbours(concat([...views]), supports, supportLabels, temperature)
  const sharp = sharpened(votes, sharpening)

  const [p0, p1] = split(sharp, views.length).slice(0, 2) as [Tensor2D, Tensor2D]
  const targets = stopGradient(() => {
    const both = div(add(p0, p1), 2) as Tensor2D
    return withoutNegligible(concat([p1, p0, ...views.slice(2).map(() => both)]))
  })
  const unlabelledLoss = mean(neg(sum(mul(targets, logOf(votes)), 1))) as Scalar

  const meanVote = mean(sharp, 0) as Tensor2D
  const meanEntropyLoss = sum(mul(meanVote, logOf(meanVote))) as Scalar
  return {
    losses: { loss: add(unlabelledLoss, mul(meanEntropyLoss, meanEntropyWeight)), unlabelledLoss, meanEntropyLoss },
    targets: p0,
    predictions: split(votes, views.length)[0] as Tensor2D,
  }
}

/**
 * Soft nearest neighbours: classes of the supports, weighted by a softmax of their cosines, [rows, classes]. So a
 * trained network names a picture, too: its labelled pictures vote.
 * @param features [rows, featureSize], of any length
 * @param supports [supports, featureSize], of any length
 * @param supportLabels rows that sum to one, [supports, classes]
 */
export function softNeighbours(features: Tensor2D, supports: Tensor2D, supportLabels: Tensor2D, temperature: number): Tensor2D {
  const cosines = matMul(unitRows(features), unitRows(supports), false, true)
  return matMul(softmax(div(cosines, temperature) as Tensor2D), supportLabels)
}

/** p^{1/T} / Σ p^{1/T}, in the log domain. */
export function sharpened(probabilities: Tensor2D, temperature: number): Tensor2D {
  return softmax(div(logOf(probabilities), temperature) as Tensor2D)
}

function withoutNegligible(probabilities: Tensor2D): Tensor2D {
  return where(greaterEqual(probabilities, NEGLIGIBLE), probabilities, zerosLike(probabilities))
}

function logOf(probabilities: Tensor2D): Tensor2D {
  return log(maximum(probabilities, 1e-30))
}
