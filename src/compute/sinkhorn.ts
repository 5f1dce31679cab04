import { div, exp, logSumExp, sub, type Tensor2D } from '@tensorflow/tfjs-core'
import { ownKernel } from './own-kernel'

/** A kernel that a backend may have: scores, ε and the number of iterations → assignments. */
export const SINKHORN = 'Sinkhorn'

/**
 * Sinkhorn-Knopp assignments of samples to prototypes: prototypes share the mass first, samples
 * last, so that every row sums to one (Caron et al., SwAV, 2020, equation 3 and its code). In the
 * log domain, so that no ε underflows and no prototype divides by zero.
 *
 * @param scores cosines, [samples, prototypes]
 * @param epsilon ε, the weight of the entropy: small values give hard assignments
 * @param iterations pairs of half-steps; without any the rows share a sum, as in the authors’ code, but are not balanced
 * @returns assignments q, [samples, prototypes]
 */
export function sinkhorn(scores: Tensor2D, epsilon: number, iterations: number): Tensor2D {
  const kernel = ownKernel(SINKHORN)
  return kernel && iterations > 0
    ? kernel({ scores }, { epsilon, iterations })[0] as Tensor2D
    : composed(scores, epsilon, iterations)
}

function composed(scores: Tensor2D, epsilon: number, iterations: number): Tensor2D {
  const exponents = div(scores, epsilon) as Tensor2D
  let log = sub(exponents, sub(logSumExp(exponents), Math.log(scores.shape[0]))) as Tensor2D
  for (let i = 0; i < iterations; i++) {
    log = sub(log, logSumExp(log, 0, true))
    log = sub(log, logSumExp(log, 1, true))
  }
  return exp(log)
}
