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

/** Draws pose, colours and light; every range widens or shifts with the difficulty. */
export function chooseScene(form: Form, texture: Texture, difficulty: number, random: RandomStream): Scene {
  const mixed = (easy: number, hard: number) => easy + (hard - easy) * difficulty
  const within = (reach: number) => between(random, -reach, reach)
  const hue = random.next()
  const radius = between(random, mixed(12.5, 6.5), mixed(13.5, 12))
  const room = (MIDDLE + 1 - radius) * mixed(0.3, 1)
  // Mostly a light figure on a dark ground; the harder, the more often the reverse.
  const isLight = random.next() >= mixed(0, 0.5)
  const [first, second, ground] = isLight ? [0.82, mixed(0.3, 0.5), mixed(0.1, 0.32)] : [0.2, mixed(0.66, 0.45), mixed(0.9, 0.66)]
  const shade = (lightness: number) => lightness + within(mixed(0.05, 0.12))
  return {
    form,
    texture,
    x: within(room),
    y: within(room),
    radius,
    angle: within(mixed(0.1, Math.PI)),
    period: between(random, mixed(6, 4), mixed(7, 6.5)),
    textureAngle: within(mixed(0.15, Math.PI)),
    colours: [
      colourOf(hue, between(random, 0.6, 1), shade(first)),
      colourOf(hue + between(random, 0.1, 0.45), between(random, 0.6, 1), shade(second)),
    ],
    ground: {
      hue: hue + between(random, 0.35, 0.65),
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
