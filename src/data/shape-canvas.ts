import { SIDE } from './picture-set'
import { lengthOf } from './shape-forms'

/** Red, green, blue of 0 to 1. */
export type Colour = readonly [number, number, number]

/** A picture under the brush: RGB of 0 to 1, row by row. */
export type Canvas = Float32Array

/** Places count in pixels from the picture’s middle. */
export const MIDDLE = (SIDE - 1) / 2

/** A colour by hue (in turns), saturation and lightness (https://www.w3.org/TR/css-color-4/#hsl-to-rgb). */
export function colourOf(hue: number, saturation: number, lightness: number): Colour {
  const strength = saturation * Math.min(lightness, 1 - lightness)
  const clock = 12 * (hue + 1)
  return [
    lightness - strength * hueShare(clock),
    lightness - strength * hueShare(clock + 8),
    lightness - strength * hueShare(clock + 4),
  ]
}

/** How far a channel stays from its brightest, -1 to 1, at an hour of the colour circle. */
function hueShare(hour: number): number {
  const k = hour % 12
  return Math.max(-1, Math.min(k - 3, 9 - k, 1))
}

/** Fills the canvas from one colour to another along a direction. */
export function paintGradient(canvas: Canvas, from: Colour, to: Colour, angle: number): void {
  const stepX = Math.cos(angle) / SIDE
  const stepY = Math.sin(angle) / SIDE
  let at = 0
  for (let y = -MIDDLE; y <= MIDDLE; y++) {
    for (let x = -MIDDLE; x <= MIDDLE; x++) {
      const share = 0.5 + x * stepX + y * stepY
      for (let channel = 0; channel < 3; channel++) {
        canvas[at++] = from[channel]! + share * (to[channel]! - from[channel]!)
      }
    }
  }
}

export interface Stroke {
  /** The middle, in pixels from the picture’s middle. */
  x: number
  y: number
  /** Direction and half the length; 0 paints a spot. */
  angle: number
  reach: number
  /** Half the width. */
  radius: number
  /** Pixels over which the edge blends: 1 is sharp. */
  softness: number
  colour: Colour
  opacity: number
}

/** Paints a line with round ends. */
export function paintStroke(canvas: Canvas, stroke: Stroke): void {
  const cos = Math.cos(stroke.angle)
  const sin = Math.sin(stroke.angle)
  const bound = stroke.reach + stroke.radius + stroke.softness / 2
  const [left, right] = [firstPixel(stroke.x - bound), lastPixel(stroke.x + bound)]
  const [top, bottom] = [firstPixel(stroke.y - bound), lastPixel(stroke.y + bound)]
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const x = column - MIDDLE - stroke.x
      const y = row - MIDDLE - stroke.y
      const along = Math.min(Math.max(x * cos + y * sin, -stroke.reach), stroke.reach)
      const distance = lengthOf(x - along * cos, y - along * sin) - stroke.radius
      const cover = stroke.opacity * Math.min(Math.max(0.5 - distance / stroke.softness, 0), 1)
      if (cover > 0) blend(canvas, (row * SIDE + column) * 3, stroke.colour, cover)
    }
  }
}

/** The first row or column that a place from the middle lies on, within the picture. */
export function firstPixel(place: number): number {
  return Math.max(0, Math.floor(place + MIDDLE))
}

/** The last one. */
export function lastPixel(place: number): number {
  return Math.min(SIDE - 1, Math.ceil(place + MIDDLE))
}

/** Moves a pixel towards a colour. */
export function blend(canvas: Canvas, at: number, colour: Colour, cover: number): void {
  canvas[at] = canvas[at]! + cover * (colour[0] - canvas[at]!)
  canvas[at + 1] = canvas[at + 1]! + cover * (colour[1] - canvas[at + 1]!)
  canvas[at + 2] = canvas[at + 2]! + cover * (colour[2] - canvas[at + 2]!)
}
