import { LUMA, type ViewPlan } from '../compute/picture-views'
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
  /** Positions of the pictures in the set that the views are cut from. */
  pictures: Int32Array
}

/** Side ratios of a crop: from 3:4 to 4:3. */
const RATIO = 4 / 3
/** How far a crop stays from the picture’s edge, as a share: tfjs paints black what rounding puts beyond it. */
const INSIDE = 1e-6
const JITTER_SHARE = 0.8
/** Hue moves by at most this much of the jitter’s strength, as a share of the colour circle. */
const HUE = 0.25

/** Random numbers of one view: where it is cut, whether it is flipped, how its colours change. */
const DRAWS = ['area', 'ratio', 'top', 'left', 'flip', 'jitter', 'brightness', 'contrast', 'saturation', 'hue', 'gray'] as const
type Draws = Record<(typeof DRAWS)[number], number>

/**
 * Plans of random views: crop and resize (Szegedy et al., 2015), flip, colour jitter, grayscale; each with its own
 * random numbers, for the rows of all requests in order.
 *
 * @param side of the views, in pixels
 */
export function planViews(requests: readonly ViewRequest[], side: number, random: RandomStream): ViewPlan[] {
  const rows = requests.flatMap(({ settings, pictures }) => Array.from(pictures, (picture) => ({ settings, picture })))
  const columns = DRAWS.map((name) => [name, random.uniform(rows.length)] as const)
  return rows.map(({ settings, picture }, row) => {
    const draws = Object.fromEntries(columns.map(([name, column]) => [name, column[row]!])) as Draws
    return { picture, box: boxOf(draws, settings, side), ...recolouring(draws, settings) }
  })
}

/** Flipping exchanges left and right. */
function boxOf(draws: Draws, { cropMinimum, cropMaximum }: ViewSettings, side: number): ViewPlan['box'] {
  const area = cropMinimum + draws.area * (cropMaximum - cropMinimum)
  // A large crop has no room for every side ratio.
  const ratio = Math.max(area, Math.min(1 / area, RATIO ** (2 * draws.ratio - 1)))
  const [top, bottom] = edges(draws.top, Math.sqrt(area / ratio), side)
  const [left, right] = edges(draws.left, Math.sqrt(area * ratio), side)
  return draws.flip < 0.5 ? [top, right, bottom, left] : [top, left, bottom, right]
}

/** First and last sample along one axis, as shares of the way from the first pixel’s centre to the last one’s. */
function edges(place: number, length: number, side: number): [number, number] {
  const start = place * (1 - length) * SIDE
  const stride = length * (SIDE / side)
  const first = start + stride * 0.5 - 0.5
  const last = first + stride * (side - 1)
  const share = (at: number) => Math.min(1 - INSIDE, Math.max(INSIDE, at / (SIDE - 1)))
  return [share(first), share(last)]
}

/**
 * Brightness, contrast, saturation, hue, grayscale, in this order. But for the final clipping each
 * is linear in a pixel’s colour x, and together they are b·c·(g + a·(x − g) + d·Qx) + b·(1−c)·ḡ:
 * g the pixel’s grey, ḡ the view’s mean grey, Q a quarter turn of the hue in YIQ, a and d the
 * saturation in the direction of the turned hue.
 */
function recolouring(draws: Draws, { jitter, grayscale }: ViewSettings): Pick<ViewPlan, 'colours' | 'offset'> {
  const strength = draws.jitter < JITTER_SHARE ? jitter : 0
  const factor = (draw: number) => 1 + strength * (2 * draw - 1)
  const brightness = factor(draws.brightness)
  const contrast = factor(draws.contrast)
  const kept = draws.gray < grayscale ? 0 : factor(draws.saturation)
  const turn = strength * 2 * Math.PI * HUE * (2 * draws.hue - 1)

  const [a, d] = [kept * Math.cos(turn), kept * Math.sin(turn)]
  const gain = brightness * contrast
  const colours = GREY.map((grey, i) => gain * ((1 - a) * grey + a * IDENTITY[i]! + d * QUARTER_TURN[i]!))
  return { colours, offset: brightness * (1 - contrast) }
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
