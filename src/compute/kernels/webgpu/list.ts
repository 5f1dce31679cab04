import type { OwnKernel } from './own-kernel'
import { STEP_KERNELS } from './step-kernels'

/** Our kernels, in the order in which they are tried. */
export const OWN_KERNELS: readonly OwnKernel[] = [...STEP_KERNELS]
