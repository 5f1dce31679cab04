import { PICTURE_BYTES, SIDE, type PictureSet, type PictureSource } from './picture-set'
import { randomStream, type RandomStream } from './random'
import {
  blend, colourOf, firstPixel, lastPixel, MIDDLE, paintGradient, paintStroke, type Canvas, type Colour,
} from './shape-canvas'
import { FORMS, type Form } from './shape-forms'
import { TEXTURES, type Texture } from './shape-textures'

const FORM_NAMES = Object.keys(FORMS)
const BLACK: Colour = [0, 0, 0]
/** Pixels by which the shadow is shifted, and by which it can stand out. */
const SHADOW_SHIFT = 1.6
const SHADOW_REACH = 3.2

/** The built-in data set: pictures of ten forms, drawn from the seed. The test part is of another stream. */
export function shapesSource(trainCount = 12_000, testCount = 2_000, seed = 1): PictureSource {
  return {
    dataset: 'shapes',
    classNames: FORM_NAMES,
    train: drawShapes(trainCount, seed),
    test: drawShapes(testCount, seed, 'test'),
  }
}

/**
 * Draws pictures of one textured form each, on a varied ground with clutter, in random pose, colour and light.
 * The label is the form; forms take turns, so that each ten pictures hold all of them.
 */
export function drawShapes(count: number, seed: number, part: 'train' | 'test' = 'train'): PictureSet {
  const random = randomStream(seed, `shapes ${part}`)
  const pixels = new Uint8ClampedArray(count * PICTURE_BYTES)
  const labels = Uint8Array.from({ length: count }, (_, i) => i % FORM_NAMES.length)
  const canvas: Canvas = new Float32Array(PICTURE_BYTES)
  for (let picture = 0; picture < count; picture++) {
    const scene = chooseScene(FORMS[FORM_NAMES[labels[picture]!]!]!, random)
    paintGround(canvas, scene, random)
    paintFigure(canvas, scene)
    expose(canvas, scene, random, pixels, picture * PICTURE_BYTES)
  }
  return { pixels: new Uint8Array(pixels.buffer), labels }
}

/** What one picture shows. Lengths are in pixels, places relative to the picture’s middle. */
interface Scene {
  form: Form
  texture: Texture
  x: number
  y: number
  radius: number
  angle: number
  period: number
  textureAngle: number
  colours: readonly [Colour, Colour]
  ground: { hue: number; lightness: number }
  /** Direction from which light falls, and how strongly it shades. */
  light: { angle: number; strength: number }
  noise: number
}

function chooseScene(form: Form, random: RandomStream): Scene {
  const hue = random.next()
  const radius = between(random, 8.5, 13)
  const room = MIDDLE + 1 - radius
  // Mostly a light figure on a dark ground, at times the reverse.
  const isLight = random.next() < 0.75
  const first = isLight ? between(random, 0.62, 0.85) : between(random, 0.12, 0.3)
  const second = isLight ? between(random, 0.3, 0.5) : between(random, 0.45, 0.65)
  return {
    form,
    texture: TEXTURES[random.below(TEXTURES.length)]!,
    x: between(random, -room, room),
    y: between(random, -room, room),
    radius,
    angle: between(random, -0.5, 0.5),
    period: between(random, 4, 7),
    textureAngle: between(random, 0, Math.PI),
    colours: [
      colourOf(hue, between(random, 0.5, 1), first),
      colourOf(hue + between(random, 0.08, 0.45), between(random, 0.5, 1), second),
    ],
    ground: {
      hue: hue + between(random, 0.3, 0.7),
      lightness: isLight ? between(random, 0.1, 0.35) : between(random, 0.6, 0.85),
    },
    light: { angle: between(random, -2.4, -0.8), strength: between(random, 0.1, 0.35) },
    noise: between(random, 0.01, 0.05),
  }
}

/** A gradient with soft blotches, and small strokes and spots as clutter. */
function paintGround(canvas: Canvas, { ground }: Scene, random: RandomStream): void {
  paintGradient(canvas, shadeOf(ground, 0.12, random), shadeOf(ground, 0.12, random), between(random, 0, 2 * Math.PI))
  for (let blotches = 3; blotches > 0; blotches--) {
    paintStroke(canvas, {
      x: between(random, -MIDDLE, MIDDLE), y: between(random, -MIDDLE, MIDDLE), angle: between(random, 0, Math.PI),
      reach: between(random, 0, 6), radius: between(random, 1, 5), softness: 8,
      colour: shadeOf(ground, 0.2, random), opacity: 0.6,
    })
  }
  for (let items = 2 + random.below(4); items > 0; items--) {
    paintStroke(canvas, {
      x: between(random, -MIDDLE, MIDDLE), y: between(random, -MIDDLE, MIDDLE), angle: between(random, 0, Math.PI),
      reach: Math.max(0, between(random, -6, 6)), radius: between(random, 0.6, 1.8), softness: 1,
      colour: shadeOf(ground, 0.35, random), opacity: between(random, 0.5, 1),
    })
  }
}

/** A colour near the ground’s. */
function shadeOf(ground: Scene['ground'], spread: number, random: RandomStream): Colour {
  const lightness = ground.lightness + between(random, -spread, spread)
  return colourOf(
    ground.hue + between(random, -0.12, 0.12), between(random, 0.15, 0.6), Math.min(Math.max(lightness, 0.04), 0.96),
  )
}

function between(random: RandomStream, low: number, high: number): number {
  return low + (high - low) * random.next()
}

/** The form with its texture over a soft shadow. Coverage blends over one pixel at the outline. */
function paintFigure(canvas: Canvas, scene: Scene): void {
  const { form, texture, radius, period } = scene
  const cos = Math.cos(scene.angle) / radius
  const sin = Math.sin(scene.angle) / radius
  const grainX = Math.cos(scene.textureAngle) / period
  const grainY = Math.sin(scene.textureAngle) / period
  const shadowX = SHADOW_SHIFT * Math.cos(scene.light.angle)
  const shadowY = SHADOW_SHIFT * Math.sin(scene.light.angle)
  const bound = 1.1 * radius + SHADOW_REACH
  const [left, right] = [firstPixel(scene.x - bound), lastPixel(scene.x + bound)]
  const [top, bottom] = [firstPixel(scene.y - bound), lastPixel(scene.y + bound)]
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const at = (row * SIDE + column) * 3
      const x = column - MIDDLE - scene.x
      const y = row - MIDDLE - scene.y
      const cover = Math.min(Math.max(0.5 - radius * form(x * cos + y * sin, y * cos - x * sin), 0), 1)
      if (cover < 1) {
        const lifted = form((x + shadowX) * cos + (y + shadowY) * sin, (y + shadowY) * cos - (x + shadowX) * sin)
        const shadow = Math.min(Math.max(0.5 - (radius * lifted) / 3, 0), 1)
        if (shadow > 0) blend(canvas, at, BLACK, 0.45 * shadow)
      }
      if (cover > 0) {
        const share = texture(x * grainX + y * grainY, y * grainX - x * grainY, 1 / period)
        blend(canvas, at, scene.colours[0], cover)
        blend(canvas, at, scene.colours[1], cover * share)
      }
    }
  }
}

/** Light falls off across the picture, the sensor adds noise, and bytes come out. */
function expose(
  canvas: Canvas, { light, noise }: Scene, random: RandomStream, pixels: Uint8ClampedArray, start: number,
): void {
  const stepX = (light.strength * Math.cos(light.angle)) / MIDDLE
  const stepY = (light.strength * Math.sin(light.angle)) / MIDDLE
  for (let row = 0, at = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++, at += 3) {
      const brightness = 255 * (1 + (column - MIDDLE) * stepX + (row - MIDDLE) * stepY)
      const grain = 255 * noise * (2 * random.next() - 1)
      pixels[start + at] = canvas[at]! * brightness + grain
      pixels[start + at + 1] = canvas[at + 1]! * brightness + grain
      pixels[start + at + 2] = canvas[at + 2]! * brightness + grain
    }
  }
}
