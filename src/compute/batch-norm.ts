import {
  add, avgPool, customGrad, div, engine, getBackend, getKernel, matMul, mul, ones, relu, reshape, sqrt, square, step, sub, tidy,
  type NamedAttrMap, type NamedTensorMap, type Tensor, type Tensor1D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import type { SaveForGradient } from './stop-gradient'

export interface BatchNormAttributes {
  epsilon: number
  /** Applies ReLU to the result, as every layer but a shortcut’s does. */
  relu: boolean
}

/** Kernels that a backend may have: x, gamma, beta and, where there is one, residual → y, mean, variance. */
export const BATCH_NORM = 'BatchNormTraining'
/**
 * And x, y, dy, mean, variance, gamma, with the attribute `residual` beside the others → dx, dgamma, dbeta and, where
 * there is a residual, its gradient.
 */
export const BATCH_NORM_GRADIENT = 'BatchNormTrainingGradient'

type Moments = { mean: Tensor1D; variance: Tensor1D }

export interface BatchNormExtras<T extends Tensor> {
  /** Added before ReLU, in x’s shape: the other branch of a residual block. */
  residual?: T
  /** Hears the batch’s mean and biased variance, [channels] each, before they are freed. */
  observe?: (moments: Moments) => void
}

/**
 * Batch normalisation with batch statistics over all axes but the last, plus a residual branch and ReLU on request,
 * with its gradient in one piece (Ioffe and Szegedy, 2015, section 3): tfjs would compose it of
 * dozens of passes over the activations.
 *
 * @param x [..., channels]
 * @param gamma gain, [channels]
 * @param beta offset, [channels]
 */
export function batchNorm<T extends Tensor>(
  x: T, gamma: Tensor1D, beta: Tensor1D, attributes: BatchNormAttributes, { residual, observe }: BatchNormExtras<T> = {},
): T {
  const { forward, gradient } = implementationFor(gamma.size)
  return customGrad((...inputs: (Tensor | SaveForGradient)[]) => {
    const save = inputs.pop() as SaveForGradient
    const [input, gain, offset, added] = inputs as [Tensor, Tensor1D, Tensor1D, Tensor?]
    const { y, mean, variance } = forward(input, gain, offset, attributes, added)
    observe?.({ mean, variance })
    save([input, y, mean, variance, gain])
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [x, y, mean, variance, gamma] = saved as [Tensor, Tensor, Tensor1D, Tensor1D, Tensor1D]
        return gradient({ x, y, dy, mean, variance, gamma }, attributes, added !== undefined)
      },
    }
  })(x, gamma, beta, ...(residual ? [residual] : [])) as T
}

interface Implementation {
  forward(x: Tensor, gamma: Tensor1D, beta: Tensor1D, attributes: BatchNormAttributes, residual?: Tensor): { y: Tensor } & Moments
  /** Gradients in x, gamma, beta and, on request, the residual branch. */
  gradient(
    given: { x: Tensor; y: Tensor; dy: Tensor; gamma: Tensor1D } & Moments, attributes: BatchNormAttributes, residual: boolean,
  ): Tensor[]
}

/** The backend’s own kernels, which want channels by fours, or tfjs operations. */
function implementationFor(channels: number): Implementation {
  return channels % 4 === 0 && getKernel(BATCH_NORM, getBackend()) ? fused : composed
}

const fused: Implementation = {
  forward(x, gamma, beta, attributes, residual) {
    const inputs: NamedTensorMap = { x, gamma, beta, ...(residual && { residual }) }
    const [y, mean, variance] = run(BATCH_NORM, inputs, { ...attributes }) as [Tensor, Tensor1D, Tensor1D]
    return { y, mean, variance }
  },
  gradient: (given, attributes, residual) => run(BATCH_NORM_GRADIENT, given, { ...attributes, residual }),
}

const composed: Implementation = {
  forward(x, gamma, beta, { epsilon, relu: active }, residual) {
    const mean = columnMeans(x)
    const centred = sub(x, mean)
    const variance = columnMeans(square(centred))
    const scale = div(gamma, sqrt(add(variance, epsilon)))
    const normal = add(mul(centred, scale), beta)
    const y = residual ? add(normal, residual) : normal
    return { y: active ? relu(y) : y, mean, variance }
  },
  gradient: ({ x, y, dy, mean, variance, gamma }, { epsilon, relu: active }, residual) => tidy(() => {
    const deviation = sqrt(add(variance, epsilon))
    const normalised = div(sub(x, mean), deviation)
    const g = active ? mul(dy, step(y)) : dy
    const meanOffset = columnMeans(g)
    const meanGain = columnMeans(mul(g, normalised))
    // dx = γ/σ · (g − mean(g) − x̂ · mean(g·x̂))
    const centredGradient = sub(sub(g, meanOffset), mul(normalised, meanGain))
    const rows = x.size / gamma.size
    return [
      mul(centredGradient, div(gamma, deviation)), mul(meanGain, rows), mul(meanOffset, rows),
      ...(residual ? [active ? g : g.clone()] : []),
    ]
  }),
}

/**
 * Means over all axes but the last, [channels]: over the pixels by a pooling window as large as the
 * picture, over the pictures by a product with ones. tfjs’s own mean transposes the whole tensor first.
 */
function columnMeans(x: Tensor): Tensor1D {
  const channels = x.shape.at(-1)!
  const pooled = x.rank === 4 ? avgPool(x as Tensor4D, [x.shape[1]!, x.shape[2]!], 1, 'valid') : x
  const rows = pooled.size / channels
  const sums = matMul(ones([1, rows]), reshape(pooled, [rows, channels]))
  return reshape(div(sums, rows), [channels])
}

function run(kernel: string, inputs: NamedTensorMap, attributes: NamedAttrMap): Tensor[] {
  return engine().runKernel(kernel, inputs, attributes) as unknown as Tensor[]
}
