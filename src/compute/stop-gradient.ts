import { customGrad, type Tensor } from '@tensorflow/tfjs-core'

/** Keeps tensors of a custom operation’s forward pass for its gradient. */
export type SaveForGradient = (tensors: Tensor[]) => void

/**
 * Computes a tensor that gradients treat as a constant, and records none of its operations.
 * tfjs has no such operation of its own; a custom gradient without inputs is one.
 */
export function stopGradient<T extends Tensor>(compute: () => T): T {
  return customGrad(() => ({ value: compute(), gradFunc: () => [] }))() as T
}
