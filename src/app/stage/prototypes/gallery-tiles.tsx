import { useCallback } from 'react'
import type { PictureSheet } from '../../../state/pictures'
import { classColour } from '../../class-colours'
import { Canvas, type Draw } from '../../widgets/canvas'
import { paintFromSheet } from '../../widgets/sheet-painter'
import { PITCH, TILE } from '../../widgets/tile-grid/grid-layout'
import type { TileWindow } from '../../widgets/tile-grid/tile-grid'

/** Pictures that another prototype wins are this pale. */
export const PALE = 0.35
const STRIPE = 2

interface Props {
  sheet: PictureSheet
  /** The pictures of the grid. */
  pictures: readonly number[]
  /** The prototype that wins each picture of the sheet. */
  winners: Int32Array
  /** The prototype whose pictures these are. */
  index: number
  window: TileWindow
}

/** Pictures over the colour of their class. */
export function GalleryTiles({ sheet, pictures, winners, index, window: { first, count, columns, offset, size } }: Props) {
  const draw = useCallback<Draw>((context, _, colour) => {
    pictures.slice(first, first + count).forEach((picture, i) => {
      const left = (i % columns) * PITCH
      const top = Math.floor(i / columns) * PITCH - offset
      context.globalAlpha = winners[picture] === index ? 1 : PALE
      paintFromSheet(context, sheet, picture, left, top, TILE, colour)
      context.globalAlpha = 1
      context.fillStyle = colour(classColour(sheet.labels[picture]!))
      context.fillRect(left, top + TILE, TILE, STRIPE)
    })
  }, [sheet, pictures, winners, index, first, count, columns, offset])
  return <Canvas size={size} draw={draw} label="" />
}
