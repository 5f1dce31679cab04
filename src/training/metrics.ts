import {
  argMax, cast, concat, div, equal, log, max, maximum, mean, moments, mul, neg, oneHot, reshape, scalar, slice, softmax, sqrt, sum,
  tidy,
  type Tensor, type Tensor1D, type Tensor2D,
} from '@tensorflow/tfjs-core'
import type { Losses } from '../methods/losses'
import type { Targets } from '../methods/method'
import { unitRows } from '../compute/unit-rows'
import { METRICS, type AssignmentSample, type MetricName, type Metrics } from './events'

/** A step’s results on the device, kept for measuring. */
export interface StepResult {
  losses: Losses
  targets?: Targets
  /** The student’s features of one view each, not yet of unit length, [pictures, featureSize]. */
  features?: Tensor2D
  /** Every number that the step has left behind. */
  state?: Tensor1D
}

/** Numbers of a step, read back. */
export interface Measured {
  metrics: Metrics
  /** Whether the loss and the state are finite. */
  sound: boolean
  /** Share of predictions that each prototype wins; empty without targets. */
  usage: Float32Array
  sample?: AssignmentSample
}

/**
 * Everything that is shown of a step, in one tensor, so that one read brings it back.
 * @param classes true classes of the unlabelled pictures, [unlabelled]; they measure, they never teach; absent where
 *   prototypes have no names
 * @param sampleRows how many pictures’ assignments and predictions to add
 */
export async function measure(
  { losses, targets, features, state }: StepResult, classes: Tensor1D | undefined, temperature: number,
  unlabelled: Int32Array, sampleRows: number,
): Promise<Measured> {
  const prototypes = targets?.assignments.shape[1] ?? 0
  const rows = targets ? Math.min(sampleRows, targets.assignments.shape[0]) : 0
  const packed = tidy(() => concat([
    ...scalars(losses, targets, features, classes, temperature).map((value) => reshape(value, [1])),
    reshape(state ? sum(mul(state, 0)) : scalar(0), [1]),
    ...(targets ? shown(targets, temperature, rows) : []),
  ]))
  const numbers = await packed.data() as Float32Array
  packed.dispose()

  const metrics = Object.fromEntries(METRICS.map((name, i) => [name, numbers[i]!])) as Metrics
  const sound = Number.isFinite(metrics.loss) && numbers[METRICS.length] === 0
  let at = METRICS.length + 1
  const next = (count: number) => numbers.slice(at, (at += count))
  const usage = next(prototypes)
  if (rows === 0) return { metrics, sound, usage }
  const sample = {
    pictures: unlabelled.slice(0, rows),
    prototypes,
    assignments: next(rows * prototypes),
    predictions: next(rows * prototypes),
  }
  return { metrics, sound, usage, sample }
}

function scalars(
  losses: Losses, targets: Targets | undefined, features: Tensor2D | undefined, classes: Tensor1D | undefined, temperature: number,
): Tensor[] {
  const values: Partial<Record<MetricName, Tensor>> = { ...losses }
  if (targets) {
    const { assignments } = targets
    if (classes) values.pseudoLabelAccuracy = mean(cast(equal(argMax(assignments, 1), classes), 'float32'))
    values.assignmentEntropy = mean(entropy(assignments))
    values.meanAssignmentEntropy = entropy(mean(assignments, 0))
    values.assignmentSharpness = mean(max(assignments, 1))
    const predicted = predictions(targets, temperature)
    values.meanPredictionEntropy = entropy(mean(predicted, 0))
    values.predictionEntropy = mean(entropy(predicted))
  }
  if (features) values.featureSpread = spread(features)
  return METRICS.map((name) => values[name] ?? scalar(NaN))
}

function shown(targets: Targets, temperature: number, rows: number): Tensor1D[] {
  const { assignments, scores } = targets
  const [count, prototypes] = assignments.shape
  const wins = sum(oneHot(argMax(scores, 1) as Tensor1D, prototypes), 0)
  const usage = div(cast(wins, 'float32'), count) as Tensor1D
  if (rows === 0) return [usage]
  const first = (x: Tensor2D) => reshape(slice(x, [0, 0], [rows, prototypes]), [rows * prototypes]) as Tensor1D
  return [usage, first(assignments), first(predictions(targets, temperature))]
}

function predictions({ scores }: Targets, temperature: number): Tensor2D {
  return softmax(div(scores, temperature) as Tensor2D)
}

/** Mean deviation of a dimension of the unit features, × √dimensions. */
function spread(features: Tensor2D): Tensor {
  return mul(mean(sqrt(moments(unitRows(features), 0).variance)), Math.sqrt(features.shape[1]))
}

/** Entropy over the last axis, in nats; 0·log 0 counts as 0. */
function entropy(probabilities: Tensor): Tensor {
  return neg(sum(mul(probabilities, log(maximum(probabilities, 1e-30))), -1))
}
