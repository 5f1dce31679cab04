import { useCallback, useMemo, useRef, useState } from 'react'
import { Canvas, type Draw } from '../../widgets/canvas'
import type { Place } from '../../widgets/cell-grid/cell-cursor'
import { CellGrid } from '../../widgets/cell-grid/cell-grid'
import { useSize } from '../../widgets/use-size'
import styles from './confusion.module.css'
import { shareAt } from './matrix'
import type { MatrixProps } from './matrix-table'

const SMALLEST_CELL = 3

/** A matrix with too many cells for a table, drawn; the sentence of the cell at hand stands below. */
export function MatrixCanvas({ matrix, sentenceOf, label, chosen, onChoose }: Omit<MatrixProps, 'columnName'>) {
  const { rows, columns } = matrix
  const box = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(box)
  const [cursor, setCursor] = useState<Place>(chosen ?? { row: 0, column: 0 })
  const cell = Math.max(SMALLEST_CELL, Math.floor(Math.min(width / columns, height / rows)))
  const size = useMemo(() => ({ width: cell * columns, height: cell * rows }), [cell, columns, rows])
  const draw = useDraw(matrix, cell, chosen)
  return (
    <>
      <div ref={box} className={styles.room}>
        <CellGrid
          {...{ label, rows, columns, size, cursor, onChoose }}
          layout={{ left: 0, top: 0, width: cell, height: cell, gap: 0 }}
          sentence={sentenceOf(cursor)}
          isSelected={chosen?.row === cursor.row && chosen.column === cursor.column}
          onGo={setCursor}
          onPoint={(place) => place && setCursor(place)}
        >
          {width > 0 && <Canvas size={size} draw={draw} label="" />}
        </CellGrid>
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
