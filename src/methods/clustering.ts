import { concat, matMul, slice, split, tidy, type Tensor2D } from '@tensorflow/tfjs-core'
import { stopGradient } from '../compute/stop-gradient'
import { mixRows } from '../data/mixing'
import { followStudent } from '../nn/ema'
import { createNetwork, type Network } from '../nn/network'
import type { ClusteringName } from '../recipe/field'
import { unitRows } from '../compute/unit-rows'
import type { Recipe } from '../recipe/recipe'
import { centredAssignment, sinkhornAssignment, type Globals } from './assignment'
import { featuresOf, type ViewFeatures } from './features'
import { semiSupervisedLoss, smoothed, type Losses } from './losses'
import type { Method, Views } from './method'

/** The three switches by which the clustering methods differ. */
interface Definition {
  /** How scores become targets. */
  assignment: 'sinkhorn' | 'centred'
  /** Whose scores they are; the recipe may say otherwise. */
  targetNetwork: 'student' | 'teacher'
  /** Whether labelled rows are there. */
  labels: boolean
}

const DEFINITIONS: Record<ClusteringName, Definition> = {
  suave: { assignment: 'sinkhorn', targetNetwork: 'student', labels: true },
  daino: { assignment: 'centred', targetNetwork: 'teacher', labels: true },
  swav: { assignment: 'sinkhorn', targetNetwork: 'student', labels: false },
  dino: { assignment: 'centred', targetNetwork: 'teacher', labels: false },
}

/**
 * Suave and Daino (Fini et al., 2023): prototypes that labels name and unlabelled pictures shape. Without labels they
 * are SwAV (Caron et al., 2020) and DINO (Caron et al., 2021).
 */
export function createClustering(name: ClusteringName, recipe: Recipe, prototypeCount: number): Method {
  const definition = DEFINITIONS[name]
  const assignment = definition.assignment === 'sinkhorn'
    ? sinkhornAssignment(recipe)
    : centredAssignment(prototypeCount)
  const targetNetwork = recipe.targetNetwork === 'own' ? definition.targetNetwork : recipe.targetNetwork
  // The same seed gives the teacher the student’s first values.
  const teacher = targetNetwork === 'teacher' ? createNetwork(recipe, prototypeCount) : undefined
  let step = 0

  return {
    wanted: { labelled: definition.labels ? 'batch' : 'none', globals: 2, small: true, mixing: true },
    teacher,
    centre: assignment.centre,

    loss(student, views, recipe) {
      const frozen = step < recipe.frozenPrototypes
      const prototypes = frozen ? stopGradient(() => student.prototypes.clone()) : student.prototypes
      const { losses, targets, scores } = clusteringLoss(
        { ...featuresOf(student, views), prototypes },
        (globals) => assignment.targets(teacher ? seenBy(teacher, views) : globals, recipe),
        recipe,
      )
      return { losses, targets: { assignments: targets[0], scores: scores[0]!, second: targets[1] } }
    },

    afterStep(student, { emaMomentum }) {
      step += 1
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

/** Features of a step and what they are compared with. */
export interface Features extends ViewFeatures {
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
  { labelled, views, mixed, prototypes }: Features, assign: (globals: Globals) => Tensor2D, settings: LossSettings,
): { losses: Losses; targets: [Tensor2D, Tensor2D]; scores: Tensor2D[] } {
  const others = [labelled, mixed].filter((part) => part !== undefined).map(({ features }) => features)
  const unit = unitRows(concat([...views, ...others]))
  const scores = matMul(unit, prototypes, false, true) as Tensor2D

  const globals = 2 * views[0]!.shape[0]
  const globalRows = (x: Tensor2D) => slice(x, [0, 0], [globals, x.shape[1]])
  const [q0, q1] = split(stopGradient(() =>
    assign({ features: globalRows(unit), scores: globalRows(scores), prototypes })), 2) as [Tensor2D, Tensor2D]

  const parts = split(scores, [...views, ...others].map(({ shape }) => shape[0])) as Tensor2D[]
  const viewScores = parts.slice(0, views.length)
  const { temperature, labelSmoothing, labelledWeighting, labelledWeight } = settings
  const losses = semiSupervisedLoss(
    {
      labelled: labelled && { scores: parts[views.length]!, targets: smoothed(labelled.labels, labelSmoothing) },
      views: viewScores,
      // The mixture is the augmentation: its codes are those of the views that it is made of, not swapped ones.
      mixed: mixed && { scores: parts.at(-1)!, targets: mixRows(q0, q1, mixed.share) },
    },
    [q0, q1],
    temperature,
    labelledWeighting === 'fixed' ? labelledWeight : undefined,
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
