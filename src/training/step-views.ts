import { concat, oneHot, slice, tidy, zeros, type Rank, type Tensor1D, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import { BalancedStream, BatchStream } from '../data/batches'
import { normalised, type DevicePictures } from '../data/device-pictures'
import { drawMixture, extended, mixPictures, type Mixture } from '../data/mixing'
import { SIDE } from '../data/picture-set'
import { randomStream, type RandomStream } from '../data/random'
import type { Split } from '../data/split'
import { randomViews, type ViewRequest, type ViewSettings } from '../data/views'
import type { Views, Wanted } from '../methods/method'
import type { Recipe } from '../recipe/recipe'

/** The views of a step and the pictures that they come from (positions in the training part). */
export interface StepBatch {
  views: Views
  labelled: Int32Array
  unlabelled: Int32Array
}

/** Pictures that are mixed in pairs in a step. */
interface Mixtures {
  labelled?: Mixture
  unlabelled?: Mixture
}

/**
 * Deals the training part out as views, step by step, as a method wants them. Labelled pictures
 * are in the unlabelled pool too, as in the papers’ code.
 */
export class ViewDealer {
  private readonly takeLabelled: (recipe: Recipe) => Int32Array
  private readonly unlabelled: BatchStream
  private readonly random: RandomStream
  private readonly labelledMixing: RandomStream
  private readonly unlabelledMixing: RandomStream

  constructor(
    private readonly pictures: DevicePictures,
    private readonly split: Split,
    private readonly prototypeCount: number,
    private readonly wanted: Wanted,
    seed: number,
  ) {
    this.takeLabelled = labelledBatches(split, wanted, prototypeCount, seed)
    this.unlabelled = new BatchStream(positions(0, pictures.count), seed, 'unlabelled batches')
    this.random = randomStream(seed, 'views')
    this.labelledMixing = randomStream(seed, 'labelled mixing')
    this.unlabelledMixing = randomStream(seed, 'unlabelled mixing')
  }

  /** The tensors are the caller’s to free. */
  deal(recipe: Recipe): StepBatch {
    const labelled = this.takeLabelled(recipe)
    const unlabelled = this.wanted.globals > 0 ? this.unlabelled.take(recipe.unlabelledBatch) : new Int32Array(0)
    const mixtures = this.mixtures(recipe, labelled, unlabelled)
    const { full, small, labels } = tidy(() => this.cut(recipe, labelled, unlabelled, mixtures))
    return {
      views: {
        full, small, labels, labelled: labels.shape[0], unlabelled: unlabelled.length, mixture: mixtures.unlabelled?.share,
      },
      labelled,
      unlabelled,
    }
  }

  /** True classes of the given pictures, for measuring alone, [positions.length]. */
  labelsAt(positions: Int32Array): Tensor1D {
    return this.pictures.labelsAt(positions)
  }
  private mixtures({ labelledMixing, unlabelledMixing }: Recipe, labelled: Int32Array, unlabelled: Int32Array): Mixtures {
    const draw = (kind: Recipe['labelledMixing'], pictures: Int32Array, random: RandomStream) =>
      this.wanted.mixing && kind !== 'none' && pictures.length > 0 ? drawMixture(kind, SIDE, random) : undefined
    return {
      labelled: draw(labelledMixing, labelled, this.labelledMixing),
      unlabelled: draw(unlabelledMixing, unlabelled, this.unlabelledMixing),
    }
  }

  private cut(recipe: Recipe, labelled: Int32Array, unlabelled: Int32Array, mixtures: Mixtures) {
    const pictures = this.pictures.at(Int32Array.of(...labelled, ...unlabelled))
    const others = positions(labelled.length, unlabelled.length)
    const views = (count: number, settings: ViewSettings) =>
      Array.from({ length: count }, (): ViewRequest => ({ settings, pictures: others }))
    const cut = (requests: ViewRequest[], side: number) =>
      normalised(randomViews(pictures, requests, side, this.random), this.split.statistics)

    const own = { settings: labelledSettings(recipe), pictures: positions(0, labelled.length) }
    const full = cut([...(labelled.length > 0 ? [own] : []), ...views(this.wanted.globals, globalSettings(recipe))], SIDE)
    const small = this.wanted.small && recipe.smallViews > 0
      ? cut(views(recipe.smallViews, smallSettings(recipe)), recipe.smallViewSize)
      : undefined
    const labels = labelled.length > 0
      ? oneHot(this.pictures.labelsAt(labelled), this.prototypeCount) as Tensor2D
      : zeros<Rank.R2>([0, this.prototypeCount])
    return { small, ...withMixtures(full, labels, unlabelled.length, mixtures) }
  }
}

/** Where the labelled pictures of a step come from, as the method wants them. */
function labelledBatches(
  { labelled, train }: Split, { labelled: wanted }: Wanted, classCount: number, seed: number,
): (recipe: Recipe) => Int32Array {
  if (wanted === 'none') return () => new Int32Array(0)
  if (wanted === 'batch') {
    const stream = new BatchStream(labelled, seed, 'labelled batches')
    return ({ labelledBatch }) => stream.take(labelledBatch)
  }
  const classes = Array.from({ length: classCount }, (_, label) => labelled.filter((picture) => train.labels[picture] === label))
  const stream = new BalancedStream(classes, seed, 'supports')
  return ({ supportsPerClass }) => stream.take(supportsPerClass)
}

/** Mixed pictures behind those that they are mixed of: the labelled ones with mixed labels, then a view of both globals. */
function withMixtures(full: Tensor4D, labels: Tensor2D, unlabelled: number, mixtures: Mixtures): { full: Tensor4D; labels: Tensor2D } {
  if (!mixtures.labelled && !mixtures.unlabelled) return { full, labels }
  const [rows] = labels.shape
  const rowsFrom = (from: number, count: number) => slice(full, [from, 0, 0, 0], [count, ...full.shape.slice(1)] as typeof full.shape)
  const own = mixtures.labelled && extended(rowsFrom(0, rows), labels, mixtures.labelled)
  const mixed = mixtures.unlabelled
    && mixPictures(rowsFrom(rows, unlabelled), rowsFrom(rows + unlabelled, unlabelled), mixtures.unlabelled)
  const globals = own && unlabelled > 0 ? [rowsFrom(rows, 2 * unlabelled)] : []
  return {
    full: concat([...(own ? [own.pictures, ...globals] : [full]), ...(mixed ? [mixed] : [])]),
    labels: own?.labels ?? labels,
  }
}

function globalSettings(recipe: Recipe): ViewSettings {
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

function positions(from: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => from + i)
}
