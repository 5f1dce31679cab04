import type { DecodePicture } from '../data/decoding'
import { PICTURE_BYTES, SIDE } from '../data/picture-set'

/** Scaling by halves mixes every pixel in with the quickest of filters; from larger sides one careful step leads here. */
const HALVES_FROM = 1_024

/** Decodes pictures with what the browser has, in its worker: the middle square, on white where a picture is transparent. */
export function createPictureDecoder(): DecodePicture {
  const small = canvasOf(SIDE)
  return async (bytes) => {
    // The cast: bytes here never lie in memory that threads share, which a Blob would refuse.
    const picture = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]))
    try {
      // Nothing is awaited from here on, so that pictures that are decoded side by side do not meet on a canvas.
      drawSquare(picture, small)
      return withoutAlpha(small.getImageData(0, 0, SIDE, SIDE).data)
    } finally {
      picture.close()
    }
  }
}

/** Canvases of 64, 128, … pixels, made once. */
const steps = new Map<number, OffscreenCanvasRenderingContext2D>()

function drawSquare(picture: ImageBitmap, small: OffscreenCanvasRenderingContext2D): void {
  const side = Math.min(picture.width, picture.height)
  let from: ImageBitmap | OffscreenCanvas = picture
  let [left, top, width] = [(picture.width - side) / 2, (picture.height - side) / 2, side]
  let next = Math.min(HALVES_FROM, SIDE * 2 ** Math.floor(Math.log2(Math.max(1, (side - 1) / SIDE))))
  for (; next > SIDE; next /= 2) {
    const step = steps.get(next) ?? canvasOf(next)
    steps.set(next, step)
    paint(step, from, left, top, width, next)
    ;[from, left, top, width] = [step.canvas, 0, 0, next]
  }
  paint(small, from, left, top, width, SIDE)
}

function paint(
  onto: OffscreenCanvasRenderingContext2D, from: ImageBitmap | OffscreenCanvas, left: number, top: number, width: number, side: number,
): void {
  onto.imageSmoothingQuality = width > 2 * side ? 'high' : 'low'
  onto.fillStyle = 'white'
  onto.fillRect(0, 0, side, side)
  onto.drawImage(from, left, top, width, width, 0, 0, side, side)
}

function canvasOf(side: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true, alpha: false })
  if (!context) throw new Error('This browser has no canvas in workers.')
  return context
}

function withoutAlpha(rgba: Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array(PICTURE_BYTES)
  for (let from = 0, to = 0; to < PICTURE_BYTES; from += 4, to += 3) {
    rgb[to] = rgba[from]!
    rgb[to + 1] = rgba[from + 1]!
    rgb[to + 2] = rgba[from + 2]!
  }
  return rgb
}
