import {
  add, conv2d, div, matMul, mul, ones, relu, sqrt, sub, tensor, tidy, zeros,
  type Rank, type ShapeMap, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { batchNorm } from '../compute/batch-norm'
import type { RandomStream } from '../data/random'
import type { ParameterStore } from './parameters'

/**
 * Whose statistics batch norm uses. `batch`: the batch’s own, which the running ones follow;
 * `unobserved`: the batch’s own, leaving the running ones alone (small views would spoil them);
 * `running`: the running ones, for evaluation.
 */
export type Mode = 'batch' | 'unobserved' | 'running'

export type Layer<Input extends Tensor = Tensor4D, Output extends Tensor = Input> =
  (x: Input, mode: Mode) => Output

const EPSILON = 1e-5
/** Share of a new batch in the running statistics. */
const FRESHNESS = 0.1

/** What a layer is built with: where its parameters live, and where their first values come from. */
export interface Builder {
  store: ParameterStore
  random: RandomStream
}

/** A 3×3 (or `size`×`size`) convolution with padding “same” and no bias. */
export function convolution(
  { store, random }: Builder, name: string, channels: number, outputs: number, stride: number, size = 3,
): Layer {
  const filter = store.learned(
    name,
    firstWeights<Rank.R4>(random, [size, size, channels, outputs], size * size * channels),
    { decays: true },
  )
  return (x) => conv2d(x, filter, stride, 'same')
}

/** A linear layer without bias, [inputs] → [outputs]. */
export function linear({ store, random }: Builder, name: string, inputs: number, outputs: number): Layer<Tensor2D> {
  const weights = store.learned(name, firstWeights<Rank.R2>(random, [inputs, outputs], inputs), { decays: true })
  return (x) => matMul(x, weights)
}

/** A layer that may add another branch to its result before it is passed on. */
export type Joining<T extends Tensor> = (x: T, mode: Mode, residual?: T) => T

/**
 * Batch norm, plus a residual branch if there is one, then ReLU unless `active` is false. The running statistics follow
 * a batch once the store settles.
 */
export function norm<T extends Tensor>({ store }: Builder, name: string, channels: number, active = true): Joining<T> {
  const gamma = store.learned(`${name}/gain`, ones<Rank.R1>([channels]), { decays: false })
  const beta = store.learned(`${name}/offset`, zeros<Rank.R1>([channels]), { decays: false })
  const runningMean = store.statistic(`${name}/mean`, zeros([channels]))
  const runningVariance = store.statistic(`${name}/variance`, ones([channels]))

  const follow = (rows: number) => ({ mean, variance }: { mean: Tensor1D; variance: Tensor1D }) => {
    // The running variance estimates the population’s, hence n/(n−1).
    const unbiased = rows / Math.max(1, rows - 1)
    store.observe(runningMean, mean, { keep: 1 - FRESHNESS, take: FRESHNESS })
    store.observe(runningVariance, variance, { keep: 1 - FRESHNESS, take: FRESHNESS * unbiased })
  }

  return (x, mode, residual) => {
    if (mode === 'running') {
      const scale = div(gamma, sqrt(add(runningVariance, EPSILON)))
      const normal = add(mul(x, scale), sub(beta, mul(runningMean, scale)))
      const y = residual ? add(normal, residual) : normal
      return (active ? relu(y) : y) as T
    }
    const observe = mode === 'batch' ? follow(x.size / channels) : undefined
    return batchNorm(x, gamma, beta, { epsilon: EPSILON, relu: active }, { residual, observe })
  }
}

/** Normal with variance 2/fan-in, which keeps the size of activations from layer to layer (He et al., 2015). */
function firstWeights<R extends Rank>(random: RandomStream, shape: ShapeMap[R], fanIn: number): Tensor<R> {
  const count = (shape as number[]).reduce((product, size) => product * size, 1)
  return tidy(() => mul(tensor<R>(random.normal(count), shape), Math.sqrt(2 / fanIn)))
}
