import { addN, concat, div, sqrt, square, sub, sum, tidy, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import { normalised, type DevicePictures } from '../data/device-pictures'
import { SIDE } from '../data/picture-set'
import { randomStream } from '../data/random'
import type { Split } from '../data/split'
import { planViews } from '../data/views'
import type { Method } from '../methods/method'
import type { Network } from '../nn/network'
import { unitRows } from '../compute/unit-rows'
import type { Recipe } from '../recipe/recipe'
import type { Snapshot } from './events'
import type { GalleryChoice } from './gallery'
import { readTogether } from './packed-read'
import { globalSettings } from './step-views'
import { coloursOf, rgbaOf } from './view-pixels'

/** Pictures in one forward pass: bounds the memory that a snapshot takes. */
const CHUNK = 200
/** Pictures that are cut twice. */
const PAIRS = 8

/** What a snapshot looks at. */
export interface Scene {
  choice: GalleryChoice
  train: DevicePictures
  test: DevicePictures
  statistics: Split['statistics']
}

/** Who looks. */
export interface Onlookers {
  student: Network
  method: Pick<Method, 'teacher' | 'centre'>
}

/** Looks at the scene with student and teacher: forward passes with running statistics, and one read. */
export async function takeSnapshot(
  step: number, recipe: Recipe, { student, method: { teacher, centre } }: Onlookers, scene: Scene,
): Promise<Snapshot> {
  const pictures = pairedPictures(scene.choice)
  const { distance, pairs, ...read } = await readTogether(() => {
    const views = pairViews(scene, pictures, recipe)
    const gallery = see(student, scene.train, scene.choice.train, scene)
    const judged = teacher && sight(teacher, views)
    return {
      features: gallery.features,
      scores: gallery.scores,
      teacherScores: teacher && see(teacher, scene.train, scene.choice.train, scene).scores,
      prototypeRows: student.prototypes,
      centre,
      distance: teacher && relativeDistance(teacher, student),
      test: {
        scores: see(student, scene.test, scene.choice.test, scene).scores,
        teacherScores: teacher && see(teacher, scene.test, scene.choice.test, scene).scores,
      },
      pairs: {
        ...sight(student, views), teacherScores: judged?.scores, teacherFeatures: judged?.features,
        colours: coloursOf(views, scene.statistics),
      },
    }
  })
  const [prototypes, featureSize] = student.prototypes.shape
  const { colours, ...seen } = pairs
  return {
    step, recipe, prototypes, featureSize, ...read,
    teacherDistance: distance?.[0],
    pairs: { pictures, rgba: rgbaOf(colours), ...seen },
  }
}

/** Unit features [rows, featureSize] and cosines [rows, prototypes]. */
type Sight = Record<'features' | 'scores', Tensor2D>

function sight(network: Network, views: Tensor4D): Sight {
  const projected = network.project([views], 'running')
  return { features: unitRows(projected), scores: network.scores(projected) }
}

/** Features and scores of whole pictures. */
function see(network: Network, pictures: DevicePictures, positions: Int32Array, { statistics }: Scene): Sight {
  const sights: Sight[] = []
  for (let from = 0; from < positions.length; from += CHUNK) {
    const chunk = positions.subarray(from, from + CHUNK)
    sights.push(tidy(() => sight(network, normalised(pictures.at(chunk), statistics))))
  }
  return { features: concat(sights.map(({ features }) => features)), scores: concat(sights.map(({ scores }) => scores)) }
}

/** The gallery’s last pictures: without a label, unless all have one. */
function pairedPictures({ train }: GalleryChoice): Int32Array {
  const count = Math.min(PAIRS, train.length)
  return Int32Array.from({ length: count }, (_, i) => train.length - count + i)
}

/** Two global views of each picture, cut alike at every call: first views, then second ones, normalised. */
function pairViews({ choice, train, statistics }: Scene, pictures: Int32Array, recipe: Recipe): Tensor4D {
  const request = { settings: globalSettings(recipe), pictures: pictures.map((index) => choice.train[index]!) }
  return train.views(planViews([request, request], SIDE, randomStream(recipe.seed, 'gallery views')), SIDE, statistics)
}

/** ‖φ − θ‖ / ‖θ‖ over all weights. */
function relativeDistance(teacher: Network, student: Network) {
  const apart = addN(teacher.parameters.map(({ value }, i) => sum(square(sub(value, student.parameters[i]!.value)))))
  const length = addN(student.parameters.map(({ value }) => sum(square(value))))
  return sqrt(div(apart, length))
}
