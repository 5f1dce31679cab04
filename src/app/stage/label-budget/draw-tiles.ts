import type { Colour } from '../../widgets/canvas'
import { PITCH, TILE } from '../../widgets/tile-grid/grid-layout'

const SIDE = 32
const CORNER = 4

export interface Tile {
  /** Absent until the picture has come. */
  rgba?: Uint8ClampedArray<ArrayBuffer>
  /** Whether the learner sees a label, and whether that is true. */
  label: 'none' | 'right' | 'wrong'
}

/** Draws tiles row by row, the first row `offset` pixels up: labelled ones ringed in amber, wrongly labelled ones dashed. */
export function drawTiles(
  context: CanvasRenderingContext2D, tiles: readonly Tile[], { columns, offset }: { columns: number; offset: number }, colour: Colour,
): void {
  const own = document.createElement('canvas')
  own.width = own.height = SIDE
  const ownContext = own.getContext('2d')
  context.imageSmoothingEnabled = true
  context.lineWidth = 3
  tiles.forEach(({ rgba, label }, index) => {
    const left = (index % columns) * PITCH
    const top = Math.floor(index / columns) * PITCH - offset
    if (rgba && ownContext) {
      ownContext.putImageData(new ImageData(rgba, SIDE, SIDE), 0, 0)
      context.drawImage(own, left, top, TILE, TILE)
    } else {
      context.fillStyle = colour('--well')
      context.fillRect(left, top, TILE, TILE)
    }
    if (label === 'none') return
    context.strokeStyle = colour(label === 'right' ? '--amber' : '--warning')
    context.setLineDash(label === 'right' ? [] : [5, 3])
    context.beginPath()
    context.roundRect(left + 1.5, top + 1.5, TILE - 3, TILE - 3, CORNER)
    context.stroke()
  })
  context.setLineDash([])
}
