import { oneHot, tidy, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import { BatchStream } from '../data/batches'
import type { DevicePictures } from '../data/device-pictures'
import { SIDE } from '../data/picture-set'
import { randomStream } from '../data/random'
import type { Split } from '../data/split'
import { planViews, type ViewRequest, type ViewSettings } from '../data/views'
import type { Views, Wanted } from '../methods/method'
import type { Recipe } from '../recipe/recipe'

/** The views of a step and the pictures that they come from (positions in the training part). */
export interface StepBatch {
  views: Views
  labelled: Int32Array
  unlabelled: Int32Array
}

/**
 * Deals the training part out as views, step by step. Labelled pictures are in the unlabelled
 * pool too, as in the papers’ code.
 */
export class ViewDealer {
  private readonly labelled: BatchStream
  private readonly unlabelled: BatchStream
  private readonly random

  constructor(
    private readonly pictures: DevicePictures,
    private readonly split: Split,
    private readonly prototypeCount: number,
    private readonly wanted: Wanted,
    seed: number,
  ) {
    const everything = Int32Array.from({ length: pictures.count }, (_, i) => i)
    this.labelled = new BatchStream(split.labelled, seed, 'labelled batches')
    this.unlabelled = new BatchStream(everything, seed, 'unlabelled batches')
    this.random = randomStream(seed, 'views')
  }

  /** The tensors are the caller’s to free. */
  deal(recipe: Recipe): StepBatch {
    const labelled = this.labelled.take(recipe.labelledBatch)
    const unlabelled = this.wanted.globals > 0 ? this.unlabelled.take(recipe.unlabelledBatch) : new Int32Array(0)
    const globals = [unlabelled, unlabelled].map((pictures) => ({ settings: globalSettings(recipe), pictures }))
    const full = this.cut(
      [{ settings: labelledSettings(recipe), pictures: labelled }, ...(this.wanted.globals > 0 ? globals : [])], SIDE,
    )
    const small = this.wanted.globals > 0 && recipe.smallViews > 0
      ? this.cut(
        Array.from({ length: recipe.smallViews }, () => ({ settings: smallSettings(recipe), pictures: unlabelled })),
        recipe.smallViewSize,
      )
      : undefined
    const labels = tidy(() => oneHot(this.pictures.labelsAt(labelled), this.prototypeCount) as Tensor2D)
    const views = { full, ...(small && { small }), labels }
    return { views: { ...views, labelled: labelled.length, unlabelled: unlabelled.length }, labelled, unlabelled }
  }

  /** Normalised views, in the order of the requests. */
  private cut(requests: readonly ViewRequest[], side: number): Tensor4D {
    return this.pictures.views(planViews(requests, side, this.random), side, this.split.statistics)
  }

  /** True classes of the given pictures, for measuring alone, [positions.length]. */
  labelsAt(positions: Int32Array): Tensor1D {
    return this.pictures.labelsAt(positions)
  }
}

/** How the two global views are cut. */
export function globalSettings(recipe: Recipe): ViewSettings {
  return { cropMinimum: recipe.cropMinimum, cropMaximum: 1, jitter: recipe.jitter, grayscale: recipe.grayscale }
}

function smallSettings(recipe: Recipe): ViewSettings {
  const { smallCropMinimum, cropMinimum } = recipe
  return { ...globalSettings(recipe), cropMinimum: Math.min(smallCropMinimum, cropMinimum), cropMaximum: cropMinimum }
}

function labelledSettings(recipe: Recipe): ViewSettings {
  return {
    cropMinimum: recipe.labelledCropMinimum, cropMaximum: 1,
    jitter: recipe.labelledJitter, grayscale: recipe.labelledGrayscale,
  }
}
