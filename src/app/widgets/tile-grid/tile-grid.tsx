import { useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { pointerOn } from '../pointer-on'
import shared from '../shared.module.css'
import { useSize, type Size } from '../use-size'
import { columnsIn, PITCH, tileAt, tilesIn, walk } from './grid-layout'
import styles from './tile-grid.module.css'

/** The tiles on screen: `count` from the `first` on, row by row, the first row `offset` pixels up. */
export interface TileWindow {
  first: number
  count: number
  columns: number
  offset: number
  size: Size
}

interface Props {
  /** What the grid is a list of. */
  label: string
  count: number
  /** What there is to say of a tile. */
  sentenceOf: (tile: number) => string
  /** In place of the sentence when there is no tile. */
  empty: string
  /** Whether a tile is selected, where each can be. */
  isSelected?: (tile: number) => boolean
  /** A click, Enter or Space. */
  onChoose?: (tile: number) => void
  /** The picture of the tiles on screen. */
  children: (window: TileWindow) => ReactNode
}

/**
 * Thousands of tiles, of which those on screen are drawn. Arrow keys walk; a screen reader meets a list of which the
 * tile at hand is there.
 */
export function TileGrid({ label, count, sentenceOf, empty, isSelected, onChoose, children }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(scroller)
  const [scrollTop, setScrollTop] = useState(0)
  const [chosen, setActive] = useState(0)
  const active = Math.min(chosen, count - 1)
  const id = useId()
  const columns = columnsIn(width)
  const rows = Math.ceil(count / columns)
  const size = useMemo(() => ({ width, height }), [width, height])
  const some = count > 0

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
    const next = walk(event.key, active, { columns, count, page: Math.floor(height / PITCH) })
    const chooses = onChoose !== undefined && (event.key === 'Enter' || event.key === ' ')
    if (next === undefined && !chooses) return
    event.preventDefault()
    // Space belongs to the grid here, not to the run.
    event.stopPropagation()
    if (!some) return
    if (next !== undefined) show(next)
    else onChoose?.(active)
  }

  function onClick(event: MouseEvent<HTMLDivElement>) {
    const { x, y } = pointerOn(event.currentTarget, event)
    const tile = tileAt(x, y, columns)
    if (tile === undefined || tile >= count) return
    setActive(tile)
    onChoose?.(tile)
  }

  return (
    <>
      <div
        ref={scroller}
        className={styles.scroller}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-multiselectable={isSelected !== undefined}
        aria-activedescendant={some ? `${id}-active` : undefined}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        <div className={styles.tiles} style={{ height: rows * PITCH }} onClick={onClick}>
          <div className={styles.window} aria-hidden>
            {children({ ...tilesIn(scrollTop, height, columns, count), columns, offset: scrollTop % PITCH, size })}
          </div>
          {some && (
            <div
              id={`${id}-active`}
              role="option"
              className={styles.active}
              aria-selected={isSelected ? isSelected(active) : true}
              aria-setsize={count}
              aria-posinset={active + 1}
              style={{ left: (active % columns) * PITCH, top: Math.floor(active / columns) * PITCH }}
            >
              <span className={shared.hidden}>{sentenceOf(active)}</span>
            </div>
          )}
        </div>
      </div>
      <p className={styles.sentence}>{some ? sentenceOf(active) : empty}</p>
    </>
  )
}
