import { getGradient, registerGradient, unregisterGradient, util, type Tensor } from '@tensorflow/tfjs-core'
import { ownKernel } from './own-kernel'

/**
 * A kernel that a backend may have: dy, and the attributes shape, axes and factor → dy·factor, repeated along the axes
 * to that shape.
 */
export const SPREAD = 'Spread'

/**
 * Lets the gradients of sums and means stay on the device where there is a kernel for them: tfjs multiplies dy with
 * ones of the whole shape, which it makes on the host and uploads.
 */
export function spreadReductionGradients(): void {
  for (const kernelName of ['Sum', 'Mean']) {
    const stock = getGradient(kernelName)
    unregisterGradient(kernelName)
    registerGradient({
      ...stock,
      gradFunc(dy, saved, attributes) {
        const kernel = ownKernel(SPREAD)
        if (!kernel) return stock.gradFunc(dy, saved, attributes)
        const { shape, size } = saved[0]!
        const axes = util.parseAxisParam(attributes.axis as number | number[], shape)
        const factor = kernelName === 'Mean' ? (dy as Tensor).size / size : 1
        return { x: () => kernel({ dy: dy as Tensor }, { shape, axes, factor })[0]! }
      },
    })
  }
}
