import { concat, matMul, slice, split, tidy, variable, zeros, type Rank, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Recipe } from '../recipe/recipe'
import { centredTargets, nextCentre, plainTargets } from './centring'
import { FeatureQueue } from './queue'
import { sinkhorn } from '../compute/sinkhorn'

/** The two global views as the network sees that computes the targets. */
export interface Globals {
  /** Unit features, first view then second, [2·unlabelled, featureSize]. */
  features: Tensor2D
  /** Cosines with `prototypes`, [2·unlabelled, prototypes]. */
  scores: Tensor2D
  /** [prototypes, featureSize] */
  prototypes: Tensor2D
}

/** The first switch of a clustering method: how scores become targets. It may remember earlier steps. */
export interface Assignment {
  /** Targets of both views, [2·unlabelled, prototypes]; what is remembered moves on by this step. */
  targets(globals: Globals, recipe: Recipe): Tensor2D
  /** The running mean of scores, [prototypes], if the assignment keeps one. */
  readonly centre?: Tensor1D
  dispose(): void
}

/** Suave’s and SwAV’s: each view balanced over the prototypes, with a queue of earlier features if the recipe wants one. */
export function sinkhornAssignment({ queueLength, featureSize }: Recipe): Assignment {
  const queues = queueLength > 0
    ? [0, 1].map(() => new FeatureQueue(queueLength, featureSize))
    : []
  let step = 0
  return {
    targets({ features, scores, prototypes }, { balancing, epsilon, sinkhornIterations, queueFrom }) {
      const views = split(scores, 2) as Tensor2D[]
      const assigned = balancing === 'on'
        ? concat(views.map((view, i) => balanced(view, prototypes, epsilon, sinkhornIterations, queues[i]?.ready)))
        : plainTargets(scores, epsilon)
      const fresh = split(features, 2) as Tensor2D[]
      if (step >= queueFrom) queues.forEach((queue, i) => queue.push(fresh[i]!))
      step += 1
      return assigned
    },
    dispose: () => queues.forEach((queue) => queue.dispose()),
  }
}

/** Sinkhorn over a batch and, in front of it, the scores of queued features; the batch’s rows alone are kept. */
export function balanced(
  scores: Tensor2D, prototypes: Tensor2D, epsilon: number, iterations: number, queued?: Tensor2D,
): Tensor2D {
  if (!queued) return sinkhorn(scores, epsilon, iterations)
  const all = concat([matMul(queued, prototypes, false, true) as Tensor2D, scores])
  return slice(sinkhorn(all, epsilon, iterations), [queued.shape[0], 0], scores.shape)
}

/** Daino’s and DINO’s: scores less their running mean, sharpened. */
export function centredAssignment(prototypeCount: number): Assignment {
  const centre = tidy(() => variable(zeros<Rank.R1>([prototypeCount]), false))
  return {
    centre,
    targets({ scores }, { balancing, teacherTemperature, centreMomentum }) {
      const targets = balancing === 'on'
        ? centredTargets(scores, centre, teacherTemperature)
        : plainTargets(scores, teacherTemperature)
      centre.assign(nextCentre(centre, scores, centreMomentum))
      return targets
    },
    dispose: () => centre.dispose(),
  }
}
