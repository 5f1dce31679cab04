import {
  customGrad, div, expandDims, logSoftmax, mul, neg, softmax, sub, sum, tidy, type Tensor, type Tensor1D, type Tensor2D,
} from '@tensorflow/tfjs-core'
import { ownKernel } from './own-kernel'
import type { SaveForGradient } from './stop-gradient'

/** A kernel that a backend may have: scores, targets and the temperature → losses [rows], slopes of each [rows, prototypes]. */
export const CROSS_ENTROPY = 'CrossEntropy'

/**
 * Cross-entropy of each row, −Σₖ tₖ log softmax(s/τ)ₖ, [rows]. No gradient reaches the targets.
 * A row of targets may sum to anything: the sum of two targets gives the sum of their losses.
 *
 * @param scores [rows, prototypes]
 * @param targets [rows, prototypes]
 * @param temperature τ
 */
export function crossEntropy(scores: Tensor2D, targets: Tensor2D, temperature: number): Tensor1D {
  const kernel = ownKernel(CROSS_ENTROPY)
  const rowLosses = customGrad((...inputs: (Tensor | SaveForGradient)[]) => {
    const [input, save] = inputs as [Tensor2D, SaveForGradient]
    const [losses, slopes] = kernel
      ? kernel({ scores: input, targets }, { temperature }) as [Tensor1D, Tensor2D]
      : composed(input, targets, temperature)
    save([slopes])
    return {
      value: losses,
      gradFunc: (dy: Tensor1D, [slopes]: Tensor[]) => tidy(() => mul(slopes!, expandDims(dy, 1))),
    }
  })
  return rowLosses(scores) as Tensor1D
}

function composed(scores: Tensor2D, targets: Tensor2D, temperature: number): [Tensor1D, Tensor2D] {
  const logits = div(scores, temperature) as Tensor2D
  const losses = neg(sum(mul(targets, logSoftmax(logits)), 1)) as Tensor1D
  const towards = sub(mul(softmax(logits), sum(targets, 1, true)), targets)
  return [losses, div(towards, temperature)]
}
