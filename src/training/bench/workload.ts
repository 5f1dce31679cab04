import { setBackend } from '@tensorflow/tfjs-core'
import { DevicePictures } from '../../data/device-pictures'
import { randomStream } from '../../data/random'
import { shapesSource } from '../../data/shapes'
import { splitPictures } from '../../data/split'
import type { Wanted } from '../../methods/method'
import { createNetwork } from '../../nn/network'
import { DEFAULT_RECIPE, type Changes, type Recipe } from '../../recipe/recipe'
import { ViewDealer } from '../step-views'

/** The step that is measured: Suave on ResNet-8 of width 16, 32 unlabelled pictures in two views and 16 labelled ones. */
export const MEASURED_RECIPE: Recipe = {
  ...DEFAULT_RECIPE, method: 'suave', encoder: 'resnet8', halving: 'stride', width: 16, unlabelledBatch: 32, labelledBatch: 16,
  trainSize: 200, testSize: 50, learningRate: 0.05,
}

const WANTED: Wanted = { labelled: 'batch', globals: 2, small: false, mixing: false }

/** Numbers with their shape. */
export interface Values {
  shape: number[]
  values: Float32Array
}

/** Everything that a step starts from, the same for every contestant. */
export interface Workload {
  recipe: Recipe
  prototypeCount: number
  /** Views of one batch, normalised, [labelled + 2·unlabelled, 32, 32, 3]. */
  views: Values
  /** One-hot, [labelled, prototypes]. */
  labels: Values
  /** First values of the network’s parameters, by their names. */
  parameters: Record<string, Values & { decays: boolean }>
}

/** Makes the workload of a recipe on tfjs’s CPU backend; no tensor is left. */
export async function makeWorkload(changes: Changes = {}): Promise<Workload> {
  const recipe = { ...MEASURED_RECIPE, ...changes }
  await import('@tensorflow/tfjs-backend-cpu')
  await setBackend('cpu')
  const source = shapesSource(recipe)
  const split = splitPictures(source, recipe)
  const pictures = new DevicePictures(split.train)
  const prototypeCount = source.classNames.length + recipe.sparePrototypes
  const { views } = new ViewDealer(pictures, split, prototypeCount, WANTED, recipe.seed).deal(recipe)
  const network = createNetwork(recipe, prototypeCount)
  const read = async (tensor: { shape: number[]; data(): Promise<unknown> }): Promise<Values> =>
    ({ shape: tensor.shape, values: Float32Array.from(await tensor.data() as Float32Array) })
  const parameters = await Promise.all(network.parameters.map(async ({ name, value, decays }) =>
    [name, { ...await read(value), decays }] as const))
  const workload = {
    recipe, prototypeCount, views: await read(views.full), labels: await read(views.labels), parameters: Object.fromEntries(parameters),
  }
  network.dispose()
  pictures.dispose()
  views.full.dispose()
  views.labels.dispose()
  return workload
}

/** Made-up numbers of a standard normal, for single kernels. */
export function normals(shape: number[], seed = 1): Values {
  const size = shape.reduce((product, length) => product * length, 1)
  return { shape, values: randomStream(seed, 'bench').normal(size) }
}
