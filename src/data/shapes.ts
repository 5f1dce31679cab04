import { PICTURE_BYTES, SIDE, type PictureSet, type PictureSource } from './picture-set'
import { randomStream, type RandomStream } from './random'
import {
  blend, colourOf, firstPixel, lastPixel, MIDDLE, paintGradient, paintStroke, type Canvas, type Colour,
} from './shape-canvas'
import { drawClouds, paintCloud, type Cloud } from './shape-clouds'
import { FORMS } from './shape-forms'
import { between, chooseScene, type Scene } from './shape-scene'
import { TEXTURES } from './shape-textures'

const FORM_LIST = Object.values(FORMS)
const TEXTURE_LIST = Object.values(TEXTURES)
const BLACK: Colour = [0, 0, 0]
/** Pixels by which the shadow is shifted, and by which it can stand out. */
const SHADOW_SHIFT = 1.6
const SHADOW_REACH = 3.2

/** What the labels may name. */
export type Meaning = 'form' | 'texture'

/** Which pictures to draw; the recipe’s fields of the same names. */
export interface ShapesRequest {
  trainSize: number
  testSize: number
  seed: number
  meaning: Meaning
  /** 0 (large, clear, upright) to 1 (small, faint, turned, amid clutter). */
  difficulty: number
}

/** The built-in data set: pictures of ten forms in ten textures, drawn from the seed. The test part is of another stream. */
export function shapesSource(request: ShapesRequest): PictureSource {
  return {
    dataset: 'shapes',
    classNames: Object.keys(request.meaning === 'form' ? FORMS : TEXTURES),
    train: drawShapes(request.trainSize, request),
    test: drawShapes(request.testSize, request, 'test'),
  }
}

/**
 * Draws pictures of one textured form each, on a varied ground with clutter, in random pose, colour and light.
 * Form and texture take turns independently: each hundred pictures hold every pair once. The meaning decides which
 * of them the labels name and changes no pixel.
 */
export function drawShapes(
  count: number, { seed, meaning, difficulty }: Pick<ShapesRequest, 'seed' | 'meaning' | 'difficulty'>,
  part: 'train' | 'test' = 'train',
): PictureSet {
  const random = randomStream(seed, `shapes ${part}`)
  const pixels = new Uint8ClampedArray(count * PICTURE_BYTES)
  const labels = Uint8Array.from({ length: count }, (_, picture) => meanings(picture)[meaning])
  const canvas: Canvas = new Float32Array(PICTURE_BYTES)
  const clouds = drawClouds(randomStream(seed, `shapes ${part} clouds`))
  for (let picture = 0; picture < count; picture++) {
    const { form, texture } = meanings(picture)
    const scene = chooseScene(FORM_LIST[form]!, TEXTURE_LIST[texture]!, difficulty, random)
    paintGround(canvas, scene, clouds, random)
    paintFigure(canvas, scene)
    expose(canvas, scene, random, pixels, picture * PICTURE_BYTES)
  }
  return { pixels: new Uint8Array(pixels.buffer), labels }
}

/** The form and the texture of a picture, as numbers of their names. */
function meanings(picture: number): Record<Meaning, number> {
  const round = Math.floor(picture / 10)
  return { form: picture % 10, texture: (picture + round) % 10 }
}

/** A gradient under one of the clouds, and small strokes and spots as clutter. */
function paintGround(canvas: Canvas, { ground }: Scene, clouds: Cloud[], random: RandomStream): void {
  const shade = (spread: number) => shadeOf(ground, spread, random)
  paintGradient(canvas, shade(ground.spread), shade(ground.spread), between(random, 0, 2 * Math.PI))
  paintCloud(canvas, clouds[random.below(clouds.length)]!, shade(2 * ground.spread))
  for (let items = ground.clutter; items > 0; items--) {
    paintStroke(canvas, {
      x: between(random, -MIDDLE, MIDDLE), y: between(random, -MIDDLE, MIDDLE), angle: between(random, 0, Math.PI),
      reach: Math.max(0, between(random, -6, 6)), radius: between(random, 0.6, 1.8), softness: 1,
      colour: shade(0.35), opacity: between(random, 0.5, 1),
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

/** The form with its texture over a soft shadow. Coverage blends over one pixel at the outline. */
function paintFigure(canvas: Canvas, scene: Scene): void {
  const { form, texture, radius, period, phase: [phaseU, phaseV] } = scene
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
        const share = texture(x * grainX + y * grainY + phaseU, y * grainX - x * grainY + phaseV, 1 / period)
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
