import { useCallback, useEffect, useMemo } from 'react'
import { useAlbum } from '../../playground-context'
import { Canvas, type Draw } from '../../widgets/canvas'
import { TileGrid, type TileWindow } from '../../widgets/tile-grid/tile-grid'
import { drawTiles, type Tile } from './draw-tiles'
import type { ShownLabels } from './use-labels'

interface Props {
  shown: ShownLabels
  /** Positions of the pictures, in the order of the tiles. */
  order: readonly number[]
  /** What there is to say of the picture at a position. */
  sentenceOf: (position: number) => string
  onToggle: (position: number) => void
}

/** The training pictures; a click, Enter or Space gives a label or takes it. */
export function PictureGrid({ shown, order, sentenceOf, onToggle }: Props) {
  return (
    <TileGrid
      label="Training pictures"
      count={order.length}
      sentenceOf={(tile) => sentenceOf(order[tile]!)}
      empty="No picture is like that."
      isSelected={(tile) => shown.labelled.has(order[tile]!)}
      onChoose={(tile) => onToggle(order[tile]!)}
    >
      {(window) => <Pictures shown={shown} order={order} window={window} />}
    </TileGrid>
  )
}

/** Draws the tiles on screen, and asks for the pictures that are missing. */
function Pictures({ shown: { labelled, taught, pool, album: number }, order, window }: Pick<Props, 'shown' | 'order'> & { window: TileWindow }) {
  const { first, count, columns, offset, size } = window
  const { album, version } = useAlbum()
  const positions = useMemo(() => order.slice(first, first + count), [order, first, count])
  useEffect(() => album.want(number, positions), [album, number, positions])
  const tiles = useMemo(
    () => positions.map((position): Tile => ({
      // `version` moves when pictures have come.
      rgba: version < 0 ? undefined : album.tile(number, position),
      label: !labelled.has(position) ? 'none' : taught[position] === pool.classes[position] ? 'right' : 'wrong',
    })),
    [album, version, number, positions, labelled, taught, pool],
  )
  const draw = useCallback<Draw>(
    (context, _, colour) => drawTiles(context, tiles, { columns, offset }, colour),
    [tiles, columns, offset],
  )
  return <Canvas size={size} draw={draw} label="" />
}
