import {
  add, cast, clipByValue, concat, cos, div, exp, image, less, matMul, maximum, mean, minimum, mul, ones, reshape, sin, sqrt, stack,
  sub, tensor1d, tensor2d, tidy, where,
  type Tensor, type Tensor1D, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { SIDE } from './picture-set'
import type { RandomStream } from './random'

/** How strongly a kind of view differs from its picture. */
export interface ViewSettings {
  /** Share of the picture’s area that a crop shows, between these two. */
  cropMinimum: number
  cropMaximum: number
  /** Strength of the colour jitter. */
  jitter: number
  /** How often the colour goes. */
  grayscale: number
}

/** A run of rows in a batch of views that share their settings and come from pictures in order. */
export interface ViewRequest {
  settings: ViewSettings
  /** Positions of the pictures in the batch that the views are cut from. */
  pictures: Int32Array
}

/** Side ratios of a crop: from 3:4 to 4:3. */
const RATIO = Math.log(4 / 3)
const JITTER_SHARE = 0.8
/** Hue moves by at most this much of the jitter’s strength, as a share of the colour circle. */
const HUE = 0.25

/** Random numbers of one view: where it is cut, whether it is flipped, how its colours change. */
const DRAWS = ['area', 'ratio', 'top', 'left', 'flip', 'jitter', 'brightness', 'contrast', 'saturation', 'hue', 'gray'] as const
type Draws = Record<(typeof DRAWS)[number], Tensor1D>
type Ranges = Record<keyof ViewSettings, Tensor1D>

/**
 * Random views: crop and resize (Szegedy et al., 2015), flip, colour jitter, grayscale; each row
 * with its own random numbers, all rows in the same few operations.
 *
 * @param pictures [count, 32, 32, 3], values in [0, 1]
 * @param side of the views, in pixels
 * @returns [rows of all requests in order, side, side, 3], values in [0, 1]
 */
export function randomViews(
  pictures: Tensor4D, requests: readonly ViewRequest[], side: number, random: RandomStream,
): Tensor4D {
  return tidy(() => {
    const sources = requests.flatMap((request) => [...request.pictures])
    const draws = drawn(random, sources.length)
    const ranges = rangesOf(requests)
    const cut = image.cropAndResize(
      pictures, crops(draws, ranges, side), tensor1d(sources, 'int32'), [side, side], 'bilinear',
    )
    return recoloured(cut, draws, ranges)
  })
}

function drawn(random: RandomStream, rows: number): Draws {
  const columns = DRAWS.map((name) => [name, tensor1d(random.uniform(rows))] as const)
  return Object.fromEntries(columns) as Draws
}

function rangesOf(requests: readonly ViewRequest[]): Ranges {
  const column = (name: keyof ViewSettings) => concat(requests.map(({ settings, pictures }) =>
    mul(ones([pictures.length]), settings[name]))) as Tensor1D
  return {
    cropMinimum: column('cropMinimum'), cropMaximum: column('cropMaximum'),
    jitter: column('jitter'), grayscale: column('grayscale'),
  }
}

/**
 * Boxes [rows, 4] for `cropAndResize`, whose corners are the centres of the outermost pixels.
 * Flipping exchanges left and right.
 */
function crops(draws: Draws, ranges: Ranges, side: number): Tensor2D {
  const area = between(draws.area, ranges.cropMinimum, ranges.cropMaximum)
  // A large crop has no room for every side ratio.
  const ratio = maximum(area, minimum(div(1, area), exp(mul(sub(mul(draws.ratio, 2), 1), RATIO))))
  const width = sqrt(mul(area, ratio)) as Tensor1D
  const height = sqrt(div(area, ratio)) as Tensor1D
  const [top, bottom] = edges(draws.top, height, side)
  const [left, right] = edges(draws.left, width, side)
  const flipped = less(draws.flip, 0.5)
  return stack([top, where(flipped, right, left), bottom, where(flipped, left, right)], 1) as Tensor2D
}

/** First and last sample along one axis, as shares of the way from the first pixel’s centre to the last one’s. */
function edges(place: Tensor1D, length: Tensor1D, side: number): [Tensor1D, Tensor1D] {
  const start = mul(mul(place, sub(1, length)), SIDE)
  const stride = mul(length, SIDE / side)
  const first = add(start, sub(mul(stride, 0.5), 0.5))
  const last = add(first, mul(stride, side - 1))
  const share = (at: Tensor) => clipByValue(div(at, SIDE - 1), 0, 1) as Tensor1D
  return [share(first), share(last)]
}

const LUMA = [0.299, 0.587, 0.114]

/**
 * Brightness, contrast, saturation, hue, grayscale, in this order. But for the final clipping each
 * is linear in a pixel’s colour x, and together they are b·c·(g + a·(x − g) + d·Qx) + b·(1−c)·ḡ:
 * g the pixel’s grey, ḡ the view’s mean grey, Q a quarter turn of the hue in YIQ, a and d the
 * saturation in the direction of the turned hue.
 */
function recoloured(views: Tensor4D, draws: Draws, ranges: Ranges): Tensor4D {
  const jittered = cast(less(draws.jitter, JITTER_SHARE), 'float32')
  const strength = mul(ranges.jitter, jittered) as Tensor1D
  const factor = (draw: Tensor1D) => add(1, mul(strength, sub(mul(draw, 2), 1))) as Tensor1D
  const brightness = factor(draws.brightness)
  const contrast = factor(draws.contrast)
  const kept = mul(factor(draws.saturation), sub(1, cast(less(draws.gray, ranges.grayscale), 'float32')))
  const turn = mul(mul(strength, 2 * Math.PI * HUE), sub(mul(draws.hue, 2), 1))

  const [rows, side] = views.shape
  const pixels = reshape(views, [rows, side * side, 3])
  const change = colourMatrices(mul(kept, cos(turn)) as Tensor1D, mul(kept, sin(turn)) as Tensor1D)
  const gain = mul(brightness, contrast)
  const turned = matMul(pixels, mul(change, reshape(gain, [rows, 1, 1])))

  const grey = mean(matMul(reshape(mean(pixels, 1), [rows, 3]), tensor2d(LUMA, [3, 1])), 1)
  const offset = mul(mul(brightness, sub(1, contrast)), grey)
  return clipByValue(reshape(add(turned, reshape(offset, [rows, 1, 1])), views.shape), 0, 1)
}

/** Matrices G + a(I − G) + dQ for row vectors, [rows, 3, 3]. */
function colourMatrices(a: Tensor1D, d: Tensor1D): Tensor {
  const weights = stack([sub(1, a), a, d], 1)
  return reshape(matMul(weights as Tensor2D, tensor2d([...GREY, ...IDENTITY, ...QUARTER_TURN], [3, 9])), [-1, 3, 3])
}

const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1]
/** Every channel becomes the grey of the pixel. */
const GREY = LUMA.flatMap((weight) => [weight, weight, weight])
/** The quarter turn of I and Q in YIQ (NTSC), as a map of RGB row vectors. */
const QUARTER_TURN = quarterTurn()

function quarterTurn(): number[] {
  const toI = [0.596, -0.274, -0.322]
  const toQ = [0.211, -0.523, 0.312]
  const fromI = [0.956, -0.272, -1.106]
  const fromQ = [0.621, -0.647, 1.703]
  // I → −Q and Q → I, then back to RGB: entry [from][to].
  return [0, 1, 2].flatMap((from) => [0, 1, 2].map((to) => toI[from]! * fromQ[to]! - toQ[from]! * fromI[to]!))
}

function between(share: Tensor1D, low: Tensor1D, high: Tensor1D): Tensor1D {
  return add(low, mul(share, sub(high, low)))
}
