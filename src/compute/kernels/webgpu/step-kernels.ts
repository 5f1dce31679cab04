import { CROSS_ENTROPY_KERNEL } from './cross-entropy'
import type { OwnKernel } from './own-kernel'
import { PARAMETER_UPDATE_KERNEL } from './parameter-update'
import { PICTURE_VIEWS_KERNEL } from './picture-views'
import { RUNNING_AVERAGE_KERNEL } from './running-average'
import { SINKHORN_KERNEL } from './sinkhorn'
import { SPREAD_KERNEL } from './spread'
import { TWO_TENSORS_KERNEL } from './two-tensors'
import { UNIT_ROWS_KERNEL } from './unit-rows'

/** What a step needs around the network: its views, its loss, its targets, its update. */
export const STEP_KERNELS: readonly OwnKernel[] = [
  PICTURE_VIEWS_KERNEL, UNIT_ROWS_KERNEL, SINKHORN_KERNEL, CROSS_ENTROPY_KERNEL, PARAMETER_UPDATE_KERNEL, RUNNING_AVERAGE_KERNEL,
  SPREAD_KERNEL, TWO_TENSORS_KERNEL,
]
