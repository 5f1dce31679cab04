import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useAlbum } from '../../playground-context'
import { Canvas, type Draw } from '../../widgets/canvas'
import shared from '../../widgets/shared.module.css'
import { useSize } from '../../widgets/use-size'
import { drawTiles, type Tile } from './draw-tiles'
import styles from './label-budget.module.css'
import { columnsIn, PITCH, tileAt, tilesIn, walk } from './grid-layout'
import type { ShownLabels } from './use-labels'

interface Props {
  shown: ShownLabels
  /** Positions of the pictures, in the order of the tiles. */
  order: readonly number[]
  /** What there is to say of the picture at a position. */
  sentenceOf: (position: number) => string
  onToggle: (position: number) => void
}

/**
 * Thousands of pictures, of which those on screen are drawn. Arrow keys walk, Enter or Space gives a label or takes
 * it; a screen reader meets a list of which the picture at hand is there.
 */
export function PictureGrid({ shown, order, sentenceOf, onToggle }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(scroller)
  const [scrollTop, setScrollTop] = useState(0)
  const [chosen, setActive] = useState(0)
  const active = Math.min(chosen, order.length - 1)
  const id = useId()
  const columns = columnsIn(width)
  const rows = Math.ceil(order.length / columns)
  const { first, count } = tilesIn(scrollTop, height, columns, order.length)
  const size = useMemo(() => ({ width, height }), [width, height])
  const draw = useTiles(shown, order, { first, count, columns, offset: scrollTop % PITCH })
  const position = order[active]

  // A shorter list leaves the scroller further up without an event.
  useLayoutEffect(() => setScrollTop(scroller.current?.scrollTop ?? 0), [rows, height])

  function show(tile: number) {
    setActive(tile)
    const top = Math.floor(tile / columns) * PITCH
    const element = scroller.current
    if (!element) return
    if (top < element.scrollTop) element.scrollTop = top
    if (top + PITCH > element.scrollTop + height) element.scrollTop = top + PITCH - height
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = walk(event.key, active, { columns, count: order.length, page: Math.floor(height / PITCH) })
    const toggles = event.key === 'Enter' || event.key === ' '
    if (next === undefined && !toggles) return
    event.preventDefault()
    // Space belongs to the grid here, not to the run.
    event.stopPropagation()
    if (next !== undefined) show(next)
    else if (position !== undefined) onToggle(position)
  }

  function onClick({ clientX, clientY, currentTarget }: PointerEvent<HTMLDivElement>) {
    const box = currentTarget.getBoundingClientRect()
    const tile = tileAt(clientX - box.left, clientY - box.top, columns)
    const clicked = tile === undefined ? undefined : order[tile]
    if (tile === undefined || clicked === undefined) return
    setActive(tile)
    onToggle(clicked)
  }

  return (
    <>
      <div
        ref={scroller}
        className={styles.scroller}
        role="listbox"
        tabIndex={0}
        aria-label="Training pictures"
        aria-multiselectable
        aria-activedescendant={position === undefined ? undefined : `${id}-active`}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div className={styles.tiles} style={{ height: rows * PITCH }} onClick={onClick}>
          <div className={styles.window} aria-hidden>
            <Canvas size={size} draw={draw} label="" />
          </div>
          {position !== undefined && (
            <div
              id={`${id}-active`}
              role="option"
              className={styles.active}
              aria-selected={shown.labelled.has(position)}
              aria-setsize={order.length}
              aria-posinset={active + 1}
              style={{ left: (active % columns) * PITCH, top: Math.floor(active / columns) * PITCH }}
            >
              <span className={shared.hidden}>{sentenceOf(position)}</span>
            </div>
          )}
        </div>
      </div>
      <p className={styles.sentence}>{position === undefined ? 'No picture is like that.' : sentenceOf(position)}</p>
    </>
  )
}

/** Draws the tiles on screen, and asks for the pictures that are missing. */
function useTiles(
  { labelled, taught, pool, album: number }: ShownLabels, order: readonly number[],
  { first, count, columns, offset }: { first: number; count: number; columns: number; offset: number },
): Draw {
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
  return useCallback<Draw>(
    (context, _, colour) => drawTiles(context, tiles, { columns, offset }, colour),
    [tiles, columns, offset],
  )
}
