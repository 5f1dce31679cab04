import {
  concat, div, keep, norm, scalar, slice, softmax, stack, sub, tidy,
  type NamedTensorMap, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { crossEntropy } from '../compute/cross-entropy'
import type { Split } from '../data/split'
import { smoothed } from '../methods/losses'
import type { Views } from '../methods/method'
import type { Layers, Network } from '../nn/network'
import type { Parameter } from '../nn/parameters'
import { unitRows } from '../compute/unit-rows'
import type { Recipe } from '../recipe/recipe'
import type { StepResult } from './metrics'
import { readTogether } from './packed-read'
import type { AverageStage, ChangeStage, ForwardStage, ViewsStage } from './stages'
import type { StepBatch } from './step-views'
import { coloursOf, rgbaOf } from './view-pixels'

/** Rows under the lens at most: labelled pictures beside unlabelled ones or alone, and unlabelled pictures. */
const [LABELLED, LABELLED_ALONE, UNLABELLED] = [2, 6, 4]

function rowsOf({ labelled, unlabelled }: Views) {
  return { labelled: Math.min(labelled, unlabelled > 0 ? LABELLED : LABELLED_ALONE), unlabelled: Math.min(unlabelled, UNLABELLED) }
}

/** Whether every unlabelled picture has two plain global views. */
function hasPairs({ full, labelled, unlabelled, mixture }: Views): boolean {
  return unlabelled > 0 && (full.shape[0] - labelled) / unlabelled - (mixture === undefined ? 0 : 1) >= 2
}

/** The views as pictures. */
export async function readViews({ views, labelled, unlabelled }: StepBatch, statistics: Split['statistics']): Promise<ViewsStage> {
  const rows = rowsOf(views)
  const { full, small } = views
  const copies = small ? small.shape[0] / views.unlabelled : 0
  const colours = await readTogether(() => {
    const pick = (x: Tensor4D, from: number, count: number) =>
      coloursOf(slice(x, [from, 0, 0, 0], [count, ...x.shape.slice(1)] as typeof x.shape), statistics)
    return {
      labelled: rows.labelled > 0 ? pick(full, 0, rows.labelled) : undefined,
      first: rows.unlabelled > 0 ? pick(full, views.labelled, rows.unlabelled) : undefined,
      second: hasPairs(views) ? pick(full, views.labelled + views.unlabelled, rows.unlabelled) : undefined,
      small: small && concat(Array.from({ length: copies }, (_, copy) => pick(small, copy * views.unlabelled, rows.unlabelled))),
    }
  })
  const pixels = (read?: Float32Array) => read && rgbaOf(read)
  return {
    gate: 'views',
    labelled: labelled.slice(0, rows.labelled),
    unlabelled: unlabelled.slice(0, rows.unlabelled),
    pixels: {
      labelled: pixels(colours.labelled), first: pixels(colours.first), second: pixels(colours.second), small: pixels(colours.small),
    },
    smallViews: copies,
    smallSide: small?.shape[1] ?? 0,
  }
}

/** What a step’s method left for the lens. */
export interface Forward {
  student: Network
  teacher?: Network
  /** The centre before the step. */
  centre?: Tensor1D
  result: StepResult & { layers: Layers }
}

/** What student and teacher made of the views; the teacher looks once more, which leaves batch norm’s running statistics alone. */
export async function readForward({ student, teacher, centre, result }: Forward, views: Views, recipe: Recipe): Promise<ForwardStage> {
  const { labelled, unlabelled } = views
  const rows = rowsOf(views)
  const read = await readTogether(() => {
    const features = unitRows(result.layers.features)
    const scores = student.scores(result.layers.features)
    const look = (from: number, count: number, targets: Tensor2D, compared: Tensor2D, judged?: Tensor2D) => {
      const own = rowsAt(scores, from, count)
      return {
        features: rowsAt(features, from, count),
        scores: own,
        predictions: softmax(div(own, recipe.temperature) as Tensor2D),
        targets: rowsAt(targets, 0, count),
        losses: crossEntropy(own, rowsAt(compared, 0, count), recipe.temperature),
        teacherScores: judged && rowsAt(judged, from - labelled, count),
      }
    }
    const { assignments, second } = result.targets ?? {}
    const judged = teacher && teacherScores(teacher, views)
    const both = assignments && second && hasPairs(views) && {
      first: look(labelled, rows.unlabelled, assignments, second, judged),
      second: look(labelled + unlabelled, rows.unlabelled, second, assignments, judged),
    }
    const labels = rows.labelled > 0 ? smoothed(views.labels, recipe.labelSmoothing) : undefined
    const known = labels && look(0, rows.labelled, labels, labels)
    return { totals: { ...result.losses }, centre, labelled: known, both: both || undefined }
  })
  const [prototypes, featureSize] = student.prototypes.shape
  const { loss, labelledLoss, unlabelledLoss } = read.totals
  return {
    gate: 'forward', prototypes, featureSize,
    loss: loss[0]!, labelledLoss: labelledLoss?.[0], unlabelledLoss: unlabelledLoss?.[0],
    labelled: read.labelled, ...read.both, centre: read.centre,
  }
}

/** Cosines of both globals, as in the step: batch statistics of the globals alone. */
function teacherScores(teacher: Network, { full, labelled, unlabelled }: Views): Tensor2D {
  const globals = slice(full, [labelled, 0, 0, 0], [2 * unlabelled, ...full.shape.slice(1)] as typeof full.shape)
  return teacher.scores(teacher.project([globals], 'unobserved'))
}

/** The weights as they are now; a variable that moves on leaves them behind. */
export function remember(parameters: readonly Parameter[]): Tensor[] {
  return parameters.map(({ value }) => tidy(() => keep(value.clone())))
}

/** How far each layer moved. */
export async function readChange(
  parameters: readonly Parameter[], before: readonly Tensor[], gradients: NamedTensorMap, learningRate: number,
): Promise<ChangeStage> {
  const read = await readTogether(() => ({
    lengths: stack(before.map((value) => norm(value))),
    // Frozen prototypes have none.
    gradients: stack(parameters.map(({ value }) => norm(gradients[value.name] ?? scalar(0)))),
    changes: stack(parameters.map(({ value }, i) => norm(sub(value, before[i]!)))),
  }))
  return { gate: 'change', learningRate, layers: parameters.map(({ name }) => name), ...read }
}

/** How far the teacher’s layers are from the student’s, before and after it followed. */
export async function readAverage(
  teacher: readonly Parameter[], before: readonly Tensor[], student: readonly Parameter[], momentum: number,
): Promise<AverageStage> {
  const read = await readTogether(() => ({
    before: stack(before.map((value, i) => norm(sub(value, student[i]!.value)))),
    after: stack(teacher.map(({ value }, i) => norm(sub(value, student[i]!.value)))),
  }))
  return { gate: 'average', momentum, layers: teacher.map(({ name }) => name), ...read }
}

function rowsAt(x: Tensor2D, from: number, count: number): Tensor2D {
  return slice(x, [from, 0], [count, x.shape[1]])
}
