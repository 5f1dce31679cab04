import type { PictureSheet } from '../../state/pictures'
import type { Colour } from './canvas'

const SIDE = 32

/** Sheets stay drawn as long as somebody holds them. */
const drawn = new WeakMap<PictureSheet, HTMLCanvasElement>()

/** Draws picture `index` of the sheet into a square; one whose label the learner sees is ringed in amber. */
export function paintFromSheet(
  context: CanvasRenderingContext2D, sheet: PictureSheet, index: number, left: number, top: number, side: number, colour: Colour,
): void {
  const source = drawnSheet(sheet)
  const [x, y] = [index % sheet.columns, Math.floor(index / sheet.columns)]
  context.imageSmoothingEnabled = side < SIDE
  context.drawImage(source, x * SIDE, y * SIDE, SIDE, SIDE, left, top, side, side)
  if (sheet.labelled[index] !== 1) return
  context.strokeStyle = colour('--amber')
  context.lineWidth = 2
  context.strokeRect(left + 1, top + 1, side - 2, side - 2)
}

/** The whole sheet on a canvas of its own size. */
export function drawnSheet(sheet: PictureSheet): HTMLCanvasElement {
  const known = drawn.get(sheet)
  if (known) return known
  const canvas = document.createElement('canvas')
  canvas.width = sheet.columns * SIDE
  canvas.height = Math.max(1, Math.ceil(sheet.count / sheet.columns)) * SIDE
  const image = new ImageData(sheet.rgba, canvas.width, canvas.height)
  canvas.getContext('2d')?.putImageData(image, 0, 0)
  drawn.set(sheet, canvas)
  return canvas
}

/** Draws single views that lie one after the other, [count, pixels, pixels, RGBA]. */
export function viewPainter(context: CanvasRenderingContext2D, rgba: Uint8ClampedArray<ArrayBuffer>, pixels = SIDE) {
  const tile = document.createElement('canvas')
  tile.width = tile.height = pixels
  const tileContext = tile.getContext('2d')
  return (index: number, left: number, top: number, side: number) => {
    const bytes = pixels * pixels * 4
    const view = rgba.subarray(index * bytes, (index + 1) * bytes)
    if (!tileContext || view.length < bytes) return
    tileContext.putImageData(new ImageData(view, pixels, pixels), 0, 0)
    context.imageSmoothingEnabled = side < pixels
    context.drawImage(tile, left, top, side, side)
  }
}
