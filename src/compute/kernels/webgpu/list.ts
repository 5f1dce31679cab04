import { BATCH_NORM_KERNEL } from './batch-norm'
import { CONVOLUTION_KERNELS } from './convolution/convolution'
import { MATRIX_PRODUCT_KERNEL } from './matrix-product'
import type { OwnKernel } from './own-kernel'
import { POOLED_MEAN_KERNEL } from './pooled-mean'
import { ROWS_KERNEL } from './rows'
import { STEP_KERNELS } from './step-kernels'

/** Our kernels, in the order in which they are tried. */
export const OWN_KERNELS: readonly OwnKernel[] = [...CONVOLUTION_KERNELS, BATCH_NORM_KERNEL, MATRIX_PRODUCT_KERNEL, POOLED_MEAN_KERNEL, ROWS_KERNEL, ...STEP_KERNELS]
