import { add, div, mean, mul, softmax, sub, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'

/**
 * A teacher’s targets: its scores less the centre, sharpened (Caron et al., DINO, 2021, equation 1
 * and section 3.1).
 *
 * @param scores the teacher’s, [rows, prototypes]
 * @param centre running mean of such scores, [prototypes], from before this step
 * @param temperature the teacher’s τₜ
 */
export function centredTargets(scores: Tensor2D, centre: Tensor1D, temperature: number): Tensor2D {
  return plainTargets(sub(scores, centre), temperature)
}

/** A plain softmax: nothing keeps such targets from gathering on one prototype. */
export function plainTargets(scores: Tensor2D, temperature: number): Tensor2D {
  return softmax(div(scores, temperature) as Tensor2D)
}

/** The centre after a step: γ ← mγ + (1−m)·mean over all teacher rows (equation 4). */
export function nextCentre(centre: Tensor1D, scores: Tensor2D, momentum: number): Tensor1D {
  return add(mul(centre, momentum), mul(mean(scores, 0), 1 - momentum))
}
