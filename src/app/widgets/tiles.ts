import type { PictureStrip } from '../../state/pictures'
import type { Colour } from './canvas'

const SIDE = 32
const RING = 2

/** Draws picture `index` of the strip into a square; a picture whose label the learner sees is ringed in amber. */
export function createTilePainter(context: CanvasRenderingContext2D, strip: PictureStrip, colour: Colour) {
  // A strip may be wider than a canvas can be, so its tiles go one by one over a canvas of their size.
  const tile = document.createElement('canvas')
  tile.width = tile.height = SIDE
  const tileContext = tile.getContext('2d')
  const image = new ImageData(new Uint8ClampedArray(strip.rgba), SIDE * strip.count, SIDE)
  return (index: number, left: number, top: number, side: number) => {
    if (!tileContext || index >= strip.count) return
    tileContext.putImageData(image, -SIDE * index, 0, SIDE * index, 0, SIDE, SIDE)
    context.imageSmoothingEnabled = side < SIDE
    context.save()
    context.beginPath()
    context.roundRect(left, top, side, side, Math.min(4, side / 6))
    context.clip()
    context.drawImage(tile, left, top, side, side)
    context.restore()
    if (strip.labelled[index] !== 1) return
    context.strokeStyle = colour('--amber')
    context.lineWidth = RING
    context.beginPath()
    context.roundRect(left + 1, top + 1, side - 2, side - 2, Math.min(4, side / 6))
    context.stroke()
  }
}
