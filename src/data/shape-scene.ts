import type { RandomStream } from './random'
import { colourOf, MIDDLE, type Colour } from './shape-canvas'
import type { Form } from './shape-forms'
import type { Texture } from './shape-textures'

/** What one picture shows. Lengths are in pixels, places relative to the picture’s middle. */
export interface Scene {
  form: Form
  texture: Texture
  x: number
  y: number
  radius: number
  angle: number
  period: number
  textureAngle: number
  /** Where in its period the texture begins, along both of its axes. */
  phase: readonly [number, number]
  colours: readonly [Colour, Colour]
  ground: {
    hue: number
    lightness: number
    /** How far its shades lie apart. */
    spread: number
    /** Small strokes and spots. */
    clutter: number
  }
  /** Direction from which light falls, and how strongly it shades. */
  light: { angle: number; strength: number }
  noise: number
}

/** Hues of the one palette that easy pictures share: a dusky ground, a light figure, a warm second colour. */
const PALETTE = { ground: 0.66, first: 0.13, second: 0.02 }

/** Draws pose, colours and light; every range widens or shifts with the difficulty. */
export function chooseScene(form: Form, texture: Texture, difficulty: number, random: RandomStream): Scene {
  const mixed = (easy: number, hard: number) => easy + (hard - easy) * difficulty
  const within = (reach: number) => between(random, -reach, reach)
  // Colour tells nothing of form or texture; the harder, the more it misleads.
  const turn = within(mixed(0.02, 0.9) * mixed(0.2, 1))
  const hueNear = (hue: number) => hue + turn + within(mixed(0.02, 0.2))
  // Mostly a light figure on a dark ground; the hard ones are often the reverse.
  const isDark = random.next() < difficulty - 0.5
  const [first, second, ground] = isDark ? [0.2, mixed(0.66, 0.5), 0.75] : [0.85, mixed(0.42, 0.52), mixed(0.14, 0.28)]
  const shade = (lightness: number) => lightness + within(mixed(0.03, 0.12))
  const radius = between(random, mixed(10.5, 6.5), mixed(13.5, 12))
  const room = MIDDLE + 1 - radius
  return {
    form,
    texture,
    x: within(room),
    y: within(room),
    radius,
    angle: within(mixed(0.3, Math.PI)),
    period: between(random, mixed(6, 4), mixed(7, 6.5)),
    textureAngle: within(mixed(0.15, Math.PI)),
    phase: [random.next(), random.next()],
    colours: [
      colourOf(hueNear(PALETTE.first), between(random, 0.6, 1), shade(first)),
      colourOf(hueNear(PALETTE.second), between(random, 0.6, 1), shade(second)),
    ],
    ground: {
      hue: hueNear(PALETTE.ground),
      lightness: shade(ground),
      spread: mixed(0.03, 0.16),
      clutter: Math.floor(mixed(0, 8) * random.next() + 0.5),
    },
    light: { angle: between(random, -2.4, -0.8), strength: between(random, 0.05, mixed(0.15, 0.45)) },
    noise: between(random, 0.005, mixed(0.01, 0.1)),
  }
}

/** A number between two. */
export function between(random: RandomStream, low: number, high: number): number {
  return low + (high - low) * random.next()
}
