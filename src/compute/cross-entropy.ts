import {
  customGrad, expandDims, logSoftmax, mul, neg, softmax, sub, sum, div, tidy,
  type Tensor, type Tensor1D, type Tensor2D,
} from '@tensorflow/tfjs-core'
import type { SaveForGradient } from './stop-gradient'

/**
 * Cross-entropy of each row, −Σₖ tₖ log softmax(s/τ)ₖ, [rows]. No gradient reaches the targets.
 * A row of targets may sum to anything: the sum of two targets gives the sum of their losses.
 *
 * @param scores [rows, prototypes]
 * @param targets [rows, prototypes]
 * @param temperature τ
 */
export function crossEntropy(scores: Tensor2D, targets: Tensor2D, temperature: number): Tensor1D {
  const rowLosses = customGrad((...inputs: (Tensor | SaveForGradient)[]) => {
    const [input, save] = inputs as [Tensor2D, SaveForGradient]
    const logits = div(input, temperature) as Tensor2D
    save([softmax(logits), targets])
    return {
      value: neg(sum(mul(targets, logSoftmax(logits)), 1)) as Tensor1D,
      gradFunc: (dy: Tensor1D, saved: Tensor[]) => tidy(() => {
        const [prediction, target] = saved as [Tensor2D, Tensor2D]
        const towards = sub(mul(prediction, sum(target, 1, true)), target)
        return mul(towards, expandDims(div(dy, temperature), 1))
      }),
    }
  })
  return rowLosses(scores) as Tensor1D
}
