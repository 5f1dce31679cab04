import {
  cast, concat, conv2d, grads, matMul, oneHot, split, stack, tensor, unstack, variable,
  type Rank, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { batchNorm } from '../compute/batch-norm'
import { balanced, type Globals } from '../methods/assignment'
import { centredTargets, nextCentre } from '../methods/centring'
import { clusteringLoss } from '../methods/clustering'
import { pawsLoss } from '../methods/paws'
import { sinkhorn } from '../compute/sinkhorn'
import { createOptimiser } from '../nn/optimiser'
import { unitRows } from '../compute/unit-rows'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { accuracyUnder, bestNaming, confusionOf } from '../training/confusion'
import { neighbourPredictions } from '../training/neighbours'

/** Numbers, nested as in a case file. */
export type Nested = number | Nested[]
/** A case’s input: arrays, numbers and names. */
export type Input = Record<string, Nested | string | boolean>
/** What an operation gives, by name: tensors, or a number where it counts; `gradients` groups such. */
export interface Outputs { [name: string]: Tensor | number | Outputs }

/** The operations of a case file, each through the very functions that training uses. */
export const OPERATIONS: Record<string, (input: Input) => Outputs> = {
  sinkhorn: (input) => ({
    assignments: sinkhorn(array<Rank.R2>(input.scores), input.epsilon as number, input.iterations as number),
  }),

  suave: (input) => {
    const queues = input.queue === undefined ? [] : unstack(array<Rank.R3>(input.queue)) as Tensor2D[]
    return clusteringCase(input, ({ scores, prototypes }) =>
      concat((split(scores, 2) as Tensor2D[]).map((view, i) =>
        balanced(view, prototypes, input.epsilon as number, input.sinkhornIterations as number, queues[i]))))
  },

  daino: (input) => {
    const teacherFeatures = unitRows(concat(unstack(array<Rank.R3>(input.teacherFeatures)) as Tensor2D[]))
    const scores = matMul(teacherFeatures, array<Rank.R2>(input.teacherPrototypes), false, true) as Tensor2D
    const centre = array<Rank.R1>(input.centre)
    return {
      ...clusteringCase(input, () => centredTargets(scores, centre, input.teacherTemperature as number)),
      centreAfter: nextCentre(centre, scores, input.centreMomentum as number),
    }
  },

  clusterAccuracy: ({ clusters, labels, classCount, clusterCount }) => {
    const confusion = confusionOf(clusters as number[], labels as number[], classCount as number, clusterCount as number)
    return { accuracy: accuracyUnder(bestNaming(confusion), confusion) }
  },

  knn: ({ bank, bankLabels, queries, neighbours, temperature, classCount }) => ({
    predictions: neighbourPredictions(
      array<Rank.R2>(queries),
      { features: array<Rank.R2>(bank), labels: cast(array<Rank.R1>(bankLabels), 'int32'), classCount: classCount as number },
      { neighbours: neighbours as number, temperature: temperature as number },
    ),
  }),

  paws: (input) => {
    const settings = {
      temperature: input.temperature as number, sharpening: input.sharpening as number,
      meanEntropyWeight: DEFAULT_RECIPE.meanEntropyWeight,
    }
    const supportLabels = array<Rank.R2>(input.supportLabels)
    const lossesOf = (views: Tensor, supports: Tensor) => pawsLoss(
      { supports: supports as Tensor2D, supportLabels, views: unstack(views) as Tensor2D[] }, settings,
    ).losses
    const inputs = [array(input.viewFeatures), array(input.supports)] as const
    const { loss, unlabelledLoss, meanEntropyLoss } = lossesOf(...inputs)
    const [viewFeatures, supports] =
      grads((...leaves) => lossesOf(...leaves as [Tensor, Tensor]).loss)([...inputs]) as [Tensor, Tensor]
    return { consistencyLoss: unlabelledLoss, meanEntropyLoss, loss, gradients: { viewFeatures, supports } }
  },

  optimizer: (input) => {
    const settings = { ...DEFAULT_RECIPE, ...input, optimiser: input.kind } as Recipe
    const parameter = { name: 'parameter', value: variable(array(input.parameter)), decays: true }
    const optimiser = createOptimiser([parameter], settings.optimiser)
    for (const gradient of input.gradients as Nested[]) {
      optimiser.step({ [parameter.value.name]: array(gradient) }, settings.learningRate, settings)
    }
    optimiser.dispose()
    return { parameter: parameter.value }
  },

  conv2d: (input) => {
    const dy = array<Rank.R4>(input.dy)
    const x = array<Rank.R4>(input.x)
    const filter = array<Rank.R4>(input.filter)
    const convolve = (pictures: Tensor, weights: Tensor) =>
      conv2d(pictures as Tensor4D, weights as Tensor4D, input.stride as number, 'same')
    const [dx, dfilter] = grads(convolve)([x, filter], dy) as [Tensor, Tensor]
    return { y: convolve(x, filter), dx, dfilter }
  },

  batchNormRelu: (input) => {
    const apply = (x: Tensor, gamma: Tensor, beta: Tensor) => batchNorm(
      x, gamma as Tensor1D, beta as Tensor1D, { epsilon: input.epsilon as number, relu: true },
    )
    const inputs = [array(input.x), array(input.gamma), array(input.beta)] as const
    const [dx, dgamma, dbeta] = grads(apply)([...inputs], array(input.dy)) as [Tensor, Tensor, Tensor]
    return { y: apply(...inputs), dx, dgamma, dbeta }
  },
}

/** Loss, targets and gradients of Suave or Daino from features; `assign` gives the targets of both globals. */
function clusteringCase(input: Input, assign: (globals: Globals) => Tensor2D): Outputs {
  const prototypes = array<Rank.R2>(input.prototypes)
  const labels = oneHot(cast(array<Rank.R1>(input.labels), 'int32'), prototypes.shape[0]) as Tensor2D
  const settings = {
    temperature: input.temperature as number,
    labelSmoothing: input.labelSmoothing as number,
    labelledWeighting: 'rows' as const,
    labelledWeight: DEFAULT_RECIPE.labelledWeight,
  }
  const result = (labelled: Tensor, views: Tensor, rows: Tensor) => clusteringLoss(
    {
      labelled: { features: labelled as Tensor2D, labels },
      views: unstack(views) as Tensor2D[], prototypes: rows as Tensor2D,
    },
    assign, settings,
  )
  const inputs = [array(input.labelledFeatures), array(input.viewFeatures), prototypes] as const
  const { losses, targets } = result(...inputs)
  const [labelledFeatures, viewFeatures, prototypeGradients] =
    grads((...leaves) => result(...leaves as [Tensor, Tensor, Tensor]).losses.loss)([...inputs]) as [Tensor, Tensor, Tensor]
  return {
    loss: losses.loss, unlabelledLoss: losses.unlabelledLoss!, labelledLoss: losses.labelledLoss!,
    assignments: stack(targets),
    gradients: { prototypes: prototypeGradients, labelledFeatures, viewFeatures },
  }
}

function array<R extends Rank>(values: Input[string] | undefined): Tensor<R> {
  return tensor(values as number[]) as Tensor<R>
}
