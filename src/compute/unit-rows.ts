import {
  customGrad, div, maximum, mul, sqrt, square, sub, sum, tidy, type Tensor, type Tensor2D,
} from '@tensorflow/tfjs-core'
import { ownKernel } from './own-kernel'
import type { SaveForGradient } from './stop-gradient'

/** Kernels that a backend may have: x → y [rows, columns], lengths [rows, 1]. */
export const UNIT_ROWS = 'UnitRows'
/** And y, dy, lengths → dx. */
export const UNIT_ROWS_GRADIENT = 'UnitRowsGradient'

/** Rows shorter than this, zeros above all, are divided by this instead of their length. */
export const SHORTEST = 1e-12

/** Rows scaled to length one. */
export function unitRows(x: Tensor2D): Tensor2D {
  const [forward, gradient] = [ownKernel(UNIT_ROWS), ownKernel(UNIT_ROWS_GRADIENT)]
  return customGrad((...inputs: (Tensor | SaveForGradient)[]) => {
    const [input, save] = inputs as [Tensor2D, SaveForGradient]
    const [y, lengths] = forward && gradient ? forward({ x: input }) as [Tensor2D, Tensor2D] : composed(input)
    save([y, lengths])
    return {
      value: y,
      gradFunc: (dy: Tensor2D, saved: Tensor[]) => {
        const [y, lengths] = saved as [Tensor2D, Tensor2D]
        return forward && gradient ? gradient({ y, dy, lengths })[0]! : composedGradient(y, dy, lengths)
      },
    }
  })(x) as Tensor2D
}

function composed(x: Tensor2D): [y: Tensor2D, lengths: Tensor2D] {
  const lengths = sqrt(maximum(sum(square(x), 1, true), SHORTEST ** 2)) as Tensor2D
  return [div(x, lengths), lengths]
}

/** dx = (dy − y·⟨y, dy⟩)/‖x‖: what points along the row changes nothing. */
function composedGradient(y: Tensor2D, dy: Tensor2D, lengths: Tensor2D): Tensor2D {
  return tidy(() => div(sub(dy, mul(y, sum(mul(y, dy), 1, true))), lengths))
}
