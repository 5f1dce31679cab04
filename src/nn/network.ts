import { concat, matMul, tensor2d, tidy, type Rank, type Tensor2D, type Tensor4D, type Variable } from '@tensorflow/tfjs-core'
import type { Recipe } from '../recipe/recipe'
import { randomStream } from '../data/random'
import { createEncoder } from './encoders'
import { linear, norm, type Mode } from './layers'
import { ParameterStore, type Parameter, type Statistic } from './parameters'
import { unitRows } from '../compute/unit-rows'

/** What the layers of a network make of views, [rows, …] each. */
export interface Layers {
  /** The encoder’s pooled features. */
  backbone: Tensor2D
  /** The projector’s first layer, [rows, projectorWidth]. */
  hidden: Tensor2D
  /** As `project` gives them. */
  features: Tensor2D
}

/** Encoder f, projector h and prototypes W of one student or teacher. */
export interface Network {
  /** Named after their part: encoder/…, projector/… and prototypes. */
  parameters: readonly Parameter[]
  /** The running statistics of batch norm, named likewise. */
  statistics: readonly Statistic[]
  /** Rows of length one, [prototypes, featureSize]. */
  prototypes: Variable<Rank.R2>
  /**
   * Features before they are scaled to length one, [rows, featureSize], of batches of views; each
   * batch has views of one size and passes the encoder alone, the projector takes all rows at once.
   */
  project(batches: readonly Tensor4D[], mode: Mode): Tensor2D
  /** `project` with what lies on the way. */
  layers(batches: readonly Tensor4D[], mode: Mode): Layers
  /** Cosines of features and prototypes, [rows, prototypes]. */
  scores(features: Tensor2D): Tensor2D
  /** Puts the prototypes back on the unit sphere, as the paper does in every step. */
  normalisePrototypes(): void
  dispose(): void
}

type Shape = Pick<Recipe, 'encoder' | 'halving' | 'width' | 'projectorWidth' | 'featureSize' | 'seed'>

/** A network whose first values depend on the recipe’s seed alone. */
export function createNetwork(recipe: Shape, prototypeCount: number): Network {
  const store = new ParameterStore()
  const random = randomStream(recipe.seed, 'network')
  const builder = { store, random }
  const { encode, size } = createEncoder(builder, recipe)
  const hidden = linear(builder, 'projector/hidden', size, recipe.projectorWidth)
  const normalise = norm<Tensor2D>(builder, 'projector', recipe.projectorWidth)
  const output = linear(builder, 'projector/output', recipe.projectorWidth, recipe.featureSize)
  const prototypes = store.learned(
    'prototypes',
    tidy(() => unitRows(tensor2d(random.normal(prototypeCount * recipe.featureSize), [prototypeCount, recipe.featureSize]))),
    { decays: false },
  )

  function layers(batches: readonly Tensor4D[], mode: Mode): Layers {
    // Small views follow the first batch; their statistics would spoil the running ones.
    const pooled = batches.map((views, i) => encode(views, i > 0 && mode === 'batch' ? 'unobserved' : mode))
    const backbone = pooled.length === 1 ? pooled[0]! : concat(pooled)
    const first = normalise(hidden(backbone, mode), mode)
    store.settle()
    return { backbone, hidden: first, features: output(first, mode) }
  }

  return {
    parameters: store.parameters,
    statistics: store.statistics,
    prototypes,
    layers,
    project: (batches, mode) => layers(batches, mode).features,
    scores: (features) => matMul(unitRows(features), prototypes, false, true),
    normalisePrototypes: () => tidy(() => prototypes.assign(unitRows(prototypes))),
    dispose: () => store.dispose(),
  }
}
