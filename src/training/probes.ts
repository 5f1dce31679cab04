import {
  add, argMax, div, gather, matMul, mean, moments, oneHot, sqrt, sub, tensor1d, tidy, variable, variableGrads, zeros,
  type Rank, type Scalar, type Tensor1D, type Tensor2D, type Variable,
} from '@tensorflow/tfjs-core'
import { crossEntropy } from '../compute/cross-entropy'
import { BatchStream } from '../data/batches'
import { createOptimiser, type Optimiser } from '../nn/optimiser'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import type { Bank } from './neighbours'
import { cosine } from './schedule'

/** A linear classifier with an optimiser of its own. It takes features as numbers: nothing behind them feels it. */
export class LinearProbe {
  private readonly weights: Variable<Rank.R2>
  private readonly bias: Variable<Rank.R1>
  private readonly optimiser: Optimiser

  /** @param decay weight decay of its SGD with momentum 0.9 */
  constructor(size: number, private readonly classCount: number, private readonly decay = 0) {
    this.weights = tidy(() => variable(zeros<Rank.R2>([size, classCount])))
    this.bias = tidy(() => variable(zeros<Rank.R1>([classCount])))
    const parameters = [
      { name: 'probe/weights', value: this.weights, decays: true },
      { name: 'probe/bias', value: this.bias, decays: false },
    ]
    this.optimiser = createOptimiser(parameters, 'sgd')
  }

  /** One step on the cross-entropy, without a temperature. @param labels [rows], int32 */
  learn(features: Tensor2D, labels: Tensor1D, learningRate: number): void {
    tidy(() => {
      const targets = oneHot(labels, this.classCount) as Tensor2D
      const { grads } = variableGrads(
        () => mean(crossEntropy(this.scores(features), targets, 1)) as Scalar, [this.weights, this.bias],
      )
      this.optimiser.step(grads, learningRate, { ...DEFAULT_RECIPE, momentum: 0.9, weightDecay: this.decay })
    })
  }

  /** The class of each row, [rows], int32. */
  answers(features: Tensor2D): Tensor1D {
    return argMax(this.scores(features), 1)
  }

  dispose(): void {
    this.weights.dispose()
    this.bias.dispose()
    this.optimiser.dispose()
  }

  private scores(features: Tensor2D): Tensor2D {
    return add(matMul(features, this.weights), this.bias)
  }
}

/** Of the probe on frozen features: those of SwAV’s linear evaluation (Caron et al., 2020, and its code). */
const FROZEN = { epochs: 100, batch: 256, learningRate: 0.3, decay: 1e-6 }
/** So many steps teach a linear classifier all it can learn, however large the bank. */
const MOST_STEPS = 2_000

/** What a taught probe makes of features; they are not changed. */
export interface FrozenProbe {
  /** [rows], int32 */
  answers(features: Tensor2D): Tensor1D
  dispose(): void
}

/**
 * Teaches a linear classifier the bank, to its end. Features are brought to mean 0 and deviation 1 before, which
 * changes nothing about what is linear in them, so that one learning rate suits every encoder.
 */
export function teachFrozenProbe({ features, labels, classCount }: Bank, seed: number): FrozenProbe {
  const [centre, deviation] = tidy(() => {
    const { mean, variance } = moments(features, 0)
    return [mean, sqrt(add(variance, 1e-6))]
  }) as [Tensor1D, Tensor1D]
  const standard = (x: Tensor2D) => div(sub(x, centre), deviation) as Tensor2D
  const probe = new LinearProbe(features.shape[1], classCount, FROZEN.decay)
  const rows = labels.size
  const batch = Math.min(FROZEN.batch, rows)
  const steps = Math.min(MOST_STEPS, FROZEN.epochs * Math.ceil(rows / batch))
  const stream = new BatchStream(Int32Array.from({ length: rows }, (_, i) => i), seed, 'frozen probe')
  for (let step = 0; step < steps; step++) {
    tidy(() => {
      const chosen = tensor1d(stream.take(batch), 'int32')
      probe.learn(standard(gather(features, chosen)), gather(labels, chosen), cosine(step, FROZEN.learningRate, 0, steps))
    })
  }
  return {
    answers: (x) => probe.answers(standard(x)),
    dispose() {
      probe.dispose()
      centre.dispose()
      deviation.dispose()
    },
  }
}
