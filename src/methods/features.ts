import { split, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Network } from '../nn/network'
import type { Views } from './method'

/** What the projector makes of a step’s views, before the rows have unit length. */
export interface ViewFeatures {
  /** [labelled, featureSize], with their classes, [labelled, prototypes]; absent where no label teaches. */
  labelled?: { features: Tensor2D; labels: Tensor2D }
  /** [unlabelled, featureSize] of each view; the first two are the globals. */
  views: readonly Tensor2D[]
  /** [unlabelled, featureSize] of the view that mixes both globals, with the share λ of the first. */
  mixed?: { features: Tensor2D; share: number }
}

/** All views through the student: those of full size as one batch, the small ones as another. */
export function featuresOf(student: Network, views: Views): ViewFeatures {
  const { full, small, labels, labelled, unlabelled, mixture } = views
  const rows = student.project(small ? [full, small] : [full], 'batch')
  const parts = split(rows, [
    ...(labelled > 0 ? [labelled] : []),
    ...Array<number>((rows.shape[0] - labelled) / unlabelled).fill(unlabelled),
  ]) as Tensor2D[]
  const unlabelledParts = labelled > 0 ? parts.slice(1) : parts
  const mixed = mixture === undefined ? undefined : { features: unlabelledParts[2]!, share: mixture }
  return {
    ...(labelled > 0 && { labelled: { features: parts[0]!, labels } }),
    mixed,
    views: unlabelledParts.filter((part) => part !== mixed?.features),
  }
}
