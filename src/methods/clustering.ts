import { concat, matMul, slice, split, tidy, type Tensor2D } from '@tensorflow/tfjs-core'
import { stopGradient } from '../compute/stop-gradient'
import { followStudent } from '../nn/ema'
import { createNetwork, type Network } from '../nn/network'
import { unitRows } from '../compute/unit-rows'
import type { Recipe } from '../recipe/recipe'
import { centredAssignment, sinkhornAssignment, type Globals } from './assignment'
import { semiSupervisedLoss, smoothed, type Losses } from './losses'
import type { Method, Views } from './method'

/** The switches by which the clustering methods differ. */
interface Definition {
  assignment: 'sinkhorn' | 'centred'
  teacher: 'none' | 'ema'
}

const DEFINITIONS: Record<'suave' | 'daino', Definition> = {
  suave: { assignment: 'sinkhorn', teacher: 'none' },
  daino: { assignment: 'centred', teacher: 'ema' },
}

/** Suave or Daino, whichever the recipe names (Fini et al., 2023): prototypes that labels name and unlabelled pictures shape. */
export function createClustering(name: 'suave' | 'daino', recipe: Recipe, prototypeCount: number): Method {
  const definition = DEFINITIONS[name]
  const assignment = definition.assignment === 'sinkhorn'
    ? sinkhornAssignment(recipe)
    : centredAssignment(prototypeCount)
  // The same seed gives the teacher the student’s first values.
  const teacher = definition.teacher === 'ema' ? createNetwork(recipe, prototypeCount) : undefined

  return {
    wanted: { labelled: 'batch', globals: 2, small: true },
    naming: 'prototypes',
    teacher,
    centre: assignment.centre,

    loss(student, views, recipe) {
      const rows = student.project(views.small ? [views.full, views.small] : [views.full], 'batch')
      const [labelled, ...viewFeatures] = split(rows, [
        views.labelled, ...viewSizes(rows.shape[0] - views.labelled, views.unlabelled),
      ]) as Tensor2D[]
      const { losses, targets, scores } = clusteringLoss(
        { labelled: labelled!, views: viewFeatures, labels: views.labels, prototypes: student.prototypes },
        (globals) => assignment.targets(teacher ? seenBy(teacher, views) : globals, recipe),
        recipe,
      )
      return { losses, targets: { assignments: targets[0], scores: scores[0]!, second: targets[1] } }
    },

    afterStep(student, { emaMomentum }) {
      if (!teacher) return
      followStudent(teacher.parameters, student.parameters, emaMomentum)
      teacher.normalisePrototypes()
    },

    dispose() {
      assignment.dispose()
      teacher?.dispose()
    },
  }
}

/** Features as the projector gives them, before they have unit length. */
export interface Features {
  /** [labelled, featureSize] */
  labelled: Tensor2D
  /** [unlabelled, featureSize] for each view; the first two are the globals. */
  views: readonly Tensor2D[]
  /** One-hot, [labelled, prototypes]. */
  labels: Tensor2D
  /** Rows of unit length, [prototypes, featureSize]. */
  prototypes: Tensor2D
}

export type LossSettings = Pick<Recipe, 'temperature' | 'labelSmoothing' | 'labelledWeighting' | 'labelledWeight'>

/**
 * From features to the loss: scores against the prototypes, targets of the globals without
 * gradient, one cross-entropy.
 * @param assign gives the targets of both globals, [2·unlabelled, prototypes]
 * @returns beside the losses the targets of both globals and the scores of every view, [unlabelled, prototypes] each
 */
export function clusteringLoss(
  features: Features, assign: (globals: Globals) => Tensor2D, settings: LossSettings,
): { losses: Losses; targets: [Tensor2D, Tensor2D]; scores: Tensor2D[] } {
  const { labels, prototypes } = features
  const labelledRows = labels.shape[0]
  const viewRows = features.views[0]!.shape[0]
  const unit = unitRows(concat([features.labelled, ...features.views]))
  const scores = matMul(unit, prototypes, false, true) as Tensor2D

  const globalRows = (x: Tensor2D) => slice(x, [labelledRows, 0], [2 * viewRows, x.shape[1]])
  const [q0, q1] = split(stopGradient(() =>
    assign({ features: globalRows(unit), scores: globalRows(scores), prototypes })), 2) as [Tensor2D, Tensor2D]

  const [labelledScores, ...viewScores] = split(scores, [
    labelledRows, ...features.views.map(() => viewRows),
  ]) as Tensor2D[]
  const losses = semiSupervisedLoss(
    { scores: labelledScores!, targets: smoothed(labels, settings.labelSmoothing) },
    viewScores,
    [q0, q1],
    settings.temperature,
    settings.labelledWeighting === 'fixed' ? settings.labelledWeight : undefined,
  )
  return { losses, targets: [q0, q1], scores: viewScores }
}

/** The globals through the teacher, which has batch statistics of its own and sees no labelled picture. */
function seenBy(teacher: Network, { full, labelled, unlabelled }: Views): Globals {
  return tidy(() => {
    const globals = slice(full, [labelled, 0, 0, 0], [2 * unlabelled, ...full.shape.slice(1)] as typeof full.shape)
    const features = unitRows(teacher.project([globals], 'batch'))
    return { features, scores: matMul(features, teacher.prototypes, false, true), prototypes: teacher.prototypes }
  }) as Globals
}

function viewSizes(rows: number, unlabelled: number): number[] {
  return Array.from({ length: rows / unlabelled }, () => unlabelled)
}
