import { useCallback, useEffect, useMemo, useRef, useState, type MouseEvent } from 'react'
import { Canvas, type Draw } from '../../widgets/canvas'
import { useSize } from '../../widgets/use-size'
import styles from './confusion.module.css'
import { shareAt } from './matrix'
import { pressInMatrix, type Place } from './matrix-cursor'
import type { MatrixProps } from './matrix-table'

const SMALLEST_CELL = 3

/**
 * A matrix with too many cells for a table, drawn. It is a grid of which the cell at hand is there, under the pointer
 * or where the keys have led; its sentence stands below.
 */
export function MatrixCanvas({ matrix, sentenceOf, label, chosen, onChoose }: Omit<MatrixProps, 'columnName'>) {
  const { rows, columns } = matrix
  const box = useRef<HTMLDivElement>(null)
  const cellElement = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(box)
  const [cursor, setCursor] = useState<Place>(chosen ?? { row: 0, column: 0 })
  const [walked, setWalked] = useState(0)
  const cell = Math.max(SMALLEST_CELL, Math.floor(Math.min(width / columns, height / rows)))
  const size = useMemo(() => ({ width: cell * columns, height: cell * rows }), [cell, columns, rows])
  const draw = useDraw(matrix, cell, chosen)
  // A cell that keys have led to is a new element, so that a screen reader reads it.
  useEffect(() => {
    if (walked > 0) cellElement.current?.focus()
  }, [walked])

  function go(next: Place) {
    setCursor(next)
    setWalked(walked + 1)
  }

  function placeOf({ clientX, clientY, currentTarget }: MouseEvent): Place | undefined {
    const bounds = currentTarget.getBoundingClientRect()
    const [column, row] = [Math.floor(((clientX - bounds.left) / bounds.width) * columns), Math.floor(((clientY - bounds.top) / bounds.height) * rows)]
    return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : undefined
  }

  function point(event: MouseEvent) {
    const place = placeOf(event)
    if (place) setCursor(place)
    return place
  }

  return (
    <>
      <div ref={box} className={styles.room}>
        <div
          role="grid"
          className={styles.drawn}
          style={size}
          aria-label={label}
          aria-rowcount={rows}
          aria-colcount={columns}
          onKeyDown={(event) => pressInMatrix(event, cursor, matrix, { go, choose: onChoose })}
          onPointerMove={point}
          onClick={(event) => {
            const place = point(event)
            if (place) onChoose(place)
          }}
        >
          <div className={styles.cells} aria-hidden>
            {width > 0 && <Canvas size={size} draw={draw} label="" />}
          </div>
          <div role="row" aria-rowindex={cursor.row + 1}>
            <div
              key={walked}
              ref={cellElement}
              role="gridcell"
              tabIndex={0}
              className={styles.active}
              aria-colindex={cursor.column + 1}
              aria-selected={chosen?.row === cursor.row && chosen.column === cursor.column}
              aria-label={sentenceOf(cursor)}
              style={{ left: cursor.column * cell, top: cursor.row * cell, width: cell, height: cell }}
            />
          </div>
        </div>
      </div>
      <p className={styles.sentence}>{sentenceOf(cursor)}</p>
    </>
  )
}

function useDraw(matrix: MatrixProps['matrix'], cell: number, chosen: Place | undefined): Draw {
  return useCallback<Draw>((context, { width, height }, colour) => {
    const { rows, columns, lines } = matrix
    context.fillStyle = colour('--well')
    context.fillRect(0, 0, width, height)
    context.fillStyle = colour('--accent')
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        // The root of a share, so that few can be told from none.
        context.globalAlpha = Math.sqrt(shareAt(matrix, row, column))
        if (context.globalAlpha > 0) context.fillRect(column * cell, row * cell, cell, cell)
      }
    }
    context.globalAlpha = 1
    context.fillStyle = colour('--paper')
    for (const line of [...lines.breaks, ...(columns > rows ? [rows] : [])]) {
      if (line < rows) context.fillRect(0, line * cell - 0.5, width, 1)
      context.fillRect(line * cell - 0.5, 0, 1, height)
    }
    if (!chosen) return
    context.strokeStyle = colour('--ink')
    context.lineWidth = 2
    context.strokeRect(chosen.column * cell - 1, chosen.row * cell - 1, cell + 2, cell + 2)
  }, [matrix, cell, chosen])
}
