import { concat, oneHot, slice, tensor1d, tidy, zeros, type Rank, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import { BalancedStream, BatchStream } from '../data/batches'
import type { DevicePictures } from '../data/device-pictures'
import { drawMixture, extended, mixPictures, type Mixture } from '../data/mixing'
import { SIDE } from '../data/picture-set'
import { randomStream, type RandomStream } from '../data/random'
import type { LabelChoice } from '../data/labels'
import { relabelled, type Split } from '../data/split'
import { planViews, type ViewRequest, type ViewSettings } from '../data/views'
import type { Views, Wanted } from '../methods/method'
import type { Recipe } from '../recipe/recipe'
import type { Taught } from './evaluate'

/** The views of a step and the pictures that they come from (positions in the training part). */
export interface StepBatch {
  views: Views
  labelled: Int32Array
  unlabelled: Int32Array
}

/** How pictures are mixed in pairs in a step. */
interface Mixtures {
  labelled?: Mixture
  unlabelled?: Mixture
}

/**
 * Deals the training part out as views, step by step, as a method wants them. Labelled pictures
 * are in the unlabelled pool too, as in the papers’ code.
 */
export class ViewDealer {
  private readonly labelled: LabelledBatches
  private readonly unlabelled: BatchStream
  private readonly random: RandomStream
  private readonly labelledMixing: RandomStream
  private readonly unlabelledMixing: RandomStream

  constructor(
    private readonly pictures: DevicePictures,
    private split: Split,
    private readonly prototypeCount: number,
    private readonly wanted: Wanted,
    seed: number,
  ) {
    const everything = Int32Array.from({ length: pictures.count }, (_, i) => i)
    this.labelled = labelledBatches(wanted, prototypeCount, seed)
    this.labelled.follow(split)
    this.unlabelled = new BatchStream(everything, seed, 'unlabelled batches')
    this.random = randomStream(seed, 'views')
    this.labelledMixing = randomStream(seed, 'labelled mixing')
    this.unlabelledMixing = randomStream(seed, 'unlabelled mixing')
  }

  /** Learns from other labels from the next step on. */
  relabel(recipe: LabelChoice): void {
    this.split = relabelled(this.split, recipe)
    this.labelled.follow(this.split)
  }

  /** The tensors are the caller’s to free. */
  deal(recipe: Recipe): StepBatch {
    const { globals, small: wantsSmall } = this.wanted
    const labelled = this.labelled.take(recipe)
    const unlabelled = globals > 0 ? this.unlabelled.take(recipe.unlabelledBatch) : new Int32Array(0)
    const views = (count: number, settings: ViewSettings) =>
      Array.from({ length: count }, (): ViewRequest => ({ settings, pictures: unlabelled }))

    const plain = this.cut(
      [{ settings: labelledSettings(recipe), pictures: labelled }, ...views(globals, globalSettings(recipe))], SIDE,
    )
    const small = wantsSmall && recipe.smallViews > 0
      ? this.cut(views(recipe.smallViews, smallSettings(recipe)), recipe.smallViewSize)
      : undefined
    const mixtures = this.mixtures(recipe, labelled, unlabelled)
    const { full, labels } = withMixtures(plain, this.oneHotOf(labelled), unlabelled.length, mixtures)
    const counts = { labelled: labels.shape[0], unlabelled: unlabelled.length }
    return {
      views: { full, ...(small && { small }), labels, ...counts, mixture: mixtures.unlabelled?.share },
      labelled,
      unlabelled,
    }
  }

  /** Who has a label now, and which. */
  get taught(): Taught {
    const { labelled } = this.split
    return { positions: labelled, classes: this.told(labelled) }
  }

  /** True classes of the given pictures, for measuring alone, [positions.length]. */
  labelsAt(positions: Int32Array): Tensor1D {
    return this.pictures.labelsAt(positions)
  }

  /** What the labels of the given pictures say, right or wrong, [positions.length]. */
  taughtAt(labelled: Int32Array): Tensor1D {
    return tensor1d(this.told(labelled), 'int32')
  }

  /** Normalised views, in the order of the requests. */
  private cut(requests: readonly ViewRequest[], side: number): Tensor4D {
    return this.pictures.views(planViews(requests, side, this.random), side, this.split.statistics)
  }

  private oneHotOf(labelled: Int32Array): Tensor2D {
    if (labelled.length === 0) return zeros<Rank.R2>([0, this.prototypeCount])
    return tidy(() => oneHot(this.taughtAt(labelled), this.prototypeCount) as Tensor2D)
  }

  private told(labelled: Int32Array): Int32Array {
    return labelled.map((position) => this.split.taught[position]!)
  }

  private mixtures({ labelledMixing, unlabelledMixing }: Recipe, labelled: Int32Array, unlabelled: Int32Array): Mixtures {
    const draw = (kind: Recipe['labelledMixing'], pictures: Int32Array, random: RandomStream) =>
      this.wanted.mixing && kind !== 'none' && pictures.length > 0 ? drawMixture(kind, SIDE, random) : undefined
    return {
      labelled: draw(labelledMixing, labelled, this.labelledMixing),
      unlabelled: draw(unlabelledMixing, unlabelled, this.unlabelledMixing),
    }
  }
}

/** Where the labelled pictures of a step come from. */
interface LabelledBatches {
  take(recipe: Recipe): Int32Array
  /** Draws from the labels of this split from now on. */
  follow(split: Split): void
}

function labelledBatches({ labelled: wanted }: Wanted, classCount: number, seed: number): LabelledBatches {
  if (wanted === 'none') return { take: () => new Int32Array(0), follow: () => {} }
  if (wanted === 'batch') {
    const stream = new BatchStream(new Int32Array(0), seed, 'labelled batches')
    return { take: ({ labelledBatch }) => stream.take(labelledBatch), follow: ({ labelled }) => stream.follow(labelled) }
  }
  const stream = new BalancedStream(classCount, seed, 'supports')
  return {
    take: ({ supportsPerClass }) => stream.take(supportsPerClass),
    follow: ({ labelled, taught }) => stream.follow(
      Array.from({ length: classCount }, (_, label) => labelled.filter((picture) => taught[picture] === label)),
    ),
  }
}

/**
 * Mixed pictures behind those that they are mixed of: the labelled ones with mixed labels, then a view of both globals.
 * Takes `full` and `labels` over.
 */
function withMixtures(
  full: Tensor4D, labels: Tensor2D, unlabelled: number, mixtures: Mixtures,
): { full: Tensor4D; labels: Tensor2D } {
  if (!mixtures.labelled && !mixtures.unlabelled) return { full, labels }
  const extendedBatch = tidy(() => {
    const [labelled] = labels.shape
    const rows = (from: number, count: number) =>
      slice(full, [from, 0, 0, 0], [count, ...full.shape.slice(1)] as typeof full.shape)
    const own = mixtures.labelled && extended(rows(0, labelled), labels, mixtures.labelled)
    const globals = own && unlabelled > 0 ? [rows(labelled, 2 * unlabelled)] : []
    const both = mixtures.unlabelled
      && mixPictures(rows(labelled, unlabelled), rows(labelled + unlabelled, unlabelled), mixtures.unlabelled)
    return {
      full: concat([...(own ? [own.pictures, ...globals] : [full]), ...(both ? [both] : [])]),
      labels: own ? own.labels : labels.clone(),
    }
  })
  full.dispose()
  labels.dispose()
  return extendedBatch
}

/** How the two global views are cut. */
export function globalSettings(recipe: Recipe): ViewSettings {
  return { cropMinimum: recipe.cropMinimum, cropMaximum: 1, jitter: recipe.jitter, grayscale: recipe.grayscale }
}

export function smallSettings(recipe: Recipe): ViewSettings {
  const { smallCropMinimum, cropMinimum } = recipe
  return { ...globalSettings(recipe), cropMinimum: Math.min(smallCropMinimum, cropMinimum), cropMaximum: cropMinimum }
}

export function labelledSettings(recipe: Recipe): ViewSettings {
  return {
    cropMinimum: recipe.labelledCropMinimum, cropMaximum: 1,
    jitter: recipe.labelledJitter, grayscale: recipe.labelledGrayscale,
  }
}
