import type { OwnKernel } from './own-kernel'

/** Our kernels, in the order in which they are tried. */
export const OWN_KERNELS: readonly OwnKernel[] = []
