import { isClustering } from '../../../state/lens-slice'
import type { LensStep } from '../../../state/looks'

/** The pictures of which a step's formulas can speak, by their positions in the training part. */
export interface PicturesAtHand {
  positions: Int32Array
  /** Labelled ones: these alone are scored against a target of one row (PAWS, S4L, supervised). */
  areLabelled: boolean
}

/** Of a step whose views are there: the unlabelled pictures where they are assigned, else the labelled ones. */
export function picturesAtHand({ recipe, stages: { views } }: Pick<LensStep, 'recipe' | 'stages'>): PicturesAtHand | undefined {
  if (!views) return undefined
  const areLabelled = !isClustering(recipe.method) || views.unlabelled.length === 0
  return { positions: areLabelled ? views.labelled : views.unlabelled, areLabelled }
}
