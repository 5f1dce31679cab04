import * as tf from '@tensorflow/tfjs-core'
import { BackendError } from './open-backend'
import { BACKEND_NAMES, type BackendName } from './report'

/** Largest deviation from the CPU, as a share of the largest magnitude of the same array. */
const TOLERANCE = 1e-3

/** What the step gives, by the words in which a wrong one is named. */
type StepResults = Record<string, Float32Array>

/**
 * Runs a tiny training step with fixed numbers on the backend that is set and on tfjs’s CPU, and compares loss and
 * gradients. Ends with the backend set again and no tensor left.
 * @throws BackendError naming what came out wrong.
 */
export async function probeTrainingStep(backend: BackendName): Promise<void> {
  const results = await readStep()
  const wrong = (what: string) => new BackendError(`${BACKEND_NAMES[backend]} computes ${what} wrongly, as a test step showed, so it cannot be trusted to train.`)
  const absurd = Object.keys(results).find((what) => !isPlausible(results[what]!))
  if (absurd) throw wrong(absurd)
  if (backend === 'cpu') return
  const reference = await onCpu(backend, readStep)
  const off = Object.keys(reference).find((what) => deviation(results[what]!, reference[what]!) > TOLERANCE)
  if (off) throw wrong(off)
}

async function onCpu<Result>(backend: BackendName, run: () => Promise<Result>): Promise<Result> {
  await import('@tensorflow/tfjs-backend-cpu')
  await tf.setBackend('cpu')
  try {
    return await run()
  } finally {
    await tf.setBackend(backend)
  }
}

/** Loss and gradients of the step, read back; every tensor is disposed. */
async function readStep(): Promise<StepResults> {
  const tensors = tf.tidy(step)
  try {
    const names = Object.keys(tensors)
    const arrays = await Promise.all(names.map((name) => tensors[name]!.data<'float32'>()))
    return Object.fromEntries(names.map((name, i) => [name, arrays[i]!]))
  } finally {
    tf.dispose(tensors)
  }
}

/**
 * What training is made of: convolutions with stride 1 and 2, normalisation over the batch, ReLU, the mean over
 * the picture, a matrix product and cross-entropy.
 */
function step(): Record<string, tf.Tensor> {
  const pictures = numbers([4, 8, 8, 3], 0.7) as tf.Tensor4D
  const targets = tf.tensor2d([1, 0, 0, 0, 0.5, 0.5, 0, 0, 1, 0.2, 0.3, 0.5], [4, 3])
  const loss = (first: tf.Tensor, scale: tf.Tensor, second: tf.Tensor, last: tf.Tensor) => {
    const wide = tf.conv2d(pictures, first as tf.Tensor4D, 1, 'same')
    const { mean, variance } = tf.moments(wide, [0, 1, 2])
    const normal = tf.div(tf.sub(wide, mean), tf.sqrt(tf.add(variance, 1e-5)))
    const narrow = tf.conv2d(tf.relu(tf.mul<tf.Tensor4D>(normal, scale)), second as tf.Tensor4D, 2, 'same')
    const features = tf.mean<tf.Tensor2D>(tf.relu(narrow), [1, 2])
    const scores = tf.div(tf.matMul(features, last as tf.Tensor2D), 0.1)
    return tf.neg(tf.mean<tf.Scalar>(tf.sum(tf.mul(targets, tf.logSoftmax(scores)), -1)))
  }
  const parameters = [numbers([3, 3, 3, 8], 1.3), numbers([8], 2.1), numbers([3, 3, 8, 8], 0.9), numbers([8, 3], 1.7)]
  const { value, grads } = tf.valueAndGrads(loss)(parameters)
  const [first, scale, second, last] = grads
  return {
    'the loss': value,
    'the gradient of a convolution': first!,
    'the gradient of a normalisation': scale!,
    'the gradient of a convolution with stride 2': second!,
    'the gradient of a matrix product': last!,
  }
}

/** Fixed numbers between -1 and 1 without a visible pattern. */
function numbers(shape: number[], frequency: number): tf.Tensor {
  const size = tf.util.sizeFromShape(shape)
  const values = Float32Array.from({ length: size }, (_, i) => Math.sin(frequency * (i + 1) ** 1.5))
  return tf.tensor(values, shape)
}

function isPlausible(values: Float32Array): boolean {
  return values.every(Number.isFinite) && values.some((value) => value !== 0)
}

function deviation(values: Float32Array, reference: Float32Array): number {
  const largest = Math.max(...reference.map(Math.abs))
  return Math.max(...reference.map((value, i) => Math.abs(value - values[i]!))) / largest
}
