import { useEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react'
import { pointerOn } from '../pointer-on'
import type { Size } from '../use-size'
import { pressInCells, type Place } from './cell-cursor'
import styles from './cell-grid.module.css'

/** Where drawn cells lie, in CSS pixels: the first one’s corner, and from each to the next `width` and `height`. */
export interface CellLayout extends Size {
  left: number
  top: number
  /** Space between two cells, a part of width and height. */
  gap: number
}

interface Props {
  /** What the cells are of. */
  label: string
  rows: number
  columns: number
  layout: CellLayout
  /** Of the whole picture. */
  size: Size
  /** The cell at hand. */
  cursor: Place
  /** The cell at hand in words. */
  sentence: string
  isSelected: boolean
  /** Keys or a click have led to a cell. */
  onGo: (place: Place) => void
  /** The pointer is over a cell, or over none. */
  onPoint: (place: Place | undefined) => void
  /** A click, Enter or Space, where cells can be chosen. */
  onChoose?: (place: Place) => void
  /** The picture of the cells. */
  children?: ReactNode
}

/**
 * Cells that are drawn, too many to be elements. It is a grid of which the cell at hand is there, where keys or the
 * pointer have led.
 */
export function CellGrid({ label, rows, columns, layout, size, cursor, sentence, isSelected, onGo, onPoint, onChoose, children }: Props) {
  const cell = useRef<HTMLDivElement>(null)
  const [walked, setWalked] = useState(0)
  // A cell that keys have led to is a new element, so that a screen reader reads it.
  useEffect(() => {
    if (walked > 0) cell.current?.focus()
  }, [walked])

  function go(next: Place) {
    onGo(next)
    setWalked(walked + 1)
  }

  function placeUnder(event: MouseEvent<HTMLElement>): Place | undefined {
    const { x, y } = pointerOn(event.currentTarget, event)
    const [column, row] = [Math.floor((x - layout.left) / layout.width), Math.floor((y - layout.top) / layout.height)]
    return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : undefined
  }

  function click(event: MouseEvent<HTMLElement>) {
    const place = placeUnder(event)
    if (!place) return
    onGo(place)
    onChoose?.(place)
    cell.current?.focus({ preventScroll: true })
  }

  return (
    <div
      role="grid"
      className={styles.grid}
      style={size}
      aria-label={label}
      aria-rowcount={rows}
      aria-colcount={columns}
      onKeyDown={(event) => pressInCells(event, cursor, { rows, columns }, { go, choose: onChoose })}
      onPointerMove={(event) => onPoint(placeUnder(event))}
      onPointerLeave={() => onPoint(undefined)}
      onClick={click}
    >
      {children && <div aria-hidden>{children}</div>}
      <div role="row" aria-rowindex={cursor.row + 1}>
        <div
          key={walked}
          ref={cell}
          role="gridcell"
          tabIndex={0}
          className={styles.cell}
          aria-colindex={cursor.column + 1}
          aria-selected={isSelected}
          aria-label={sentence}
          style={{
            left: layout.left + cursor.column * layout.width, top: layout.top + cursor.row * layout.height,
            width: layout.width - layout.gap, height: layout.height - layout.gap,
          }}
        />
      </div>
    </div>
  )
}
