import { useRef, useState, type MouseEvent } from 'react'
import { pressInCells, type Place } from '../../widgets/cell-grid/cell-cursor'
import { scaleStep, shareAt, type Matrix } from './matrix'
import styles from './confusion.module.css'

export interface MatrixProps {
  matrix: Matrix
  /** On top of a column. */
  columnName: (column: number) => string
  /** A cell in words: “cat, taken for dog: 3 of 100”. */
  sentenceOf: (place: Place) => string
  label: string
  chosen?: Place
  onChoose: (place: Place) => void
}

/** The matrix as a grid of numbers: arrow keys walk, Enter or Space shows the pictures of a cell. */
export function MatrixTable({ matrix, columnName, sentenceOf, label, chosen, onChoose }: MatrixProps) {
  const { rows, columns, counts, lines } = matrix
  const [cursor, setCursor] = useState<Place>(chosen ?? { row: 0, column: 0 })
  const grid = useRef<HTMLTableElement>(null)
  const active = { row: Math.min(cursor.row, rows - 1), column: Math.min(cursor.column, columns - 1) }

  function go(next: Place) {
    setCursor(next)
    grid.current?.querySelector<HTMLElement>(`[data-cell="${next.row},${next.column}"]`)?.focus()
  }

  function onClick({ target }: MouseEvent) {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-cell]')?.dataset['cell'] : undefined
    const [row, column] = cell?.split(',').map(Number) ?? []
    if (row === undefined || column === undefined) return
    setCursor({ row, column })
    onChoose({ row, column })
  }

  const is = (place: Place | undefined, row: number, column: number) => place?.row === row && place.column === column
  return (
    <table
      ref={grid} role="grid" className={styles.table} aria-label={label} onClick={onClick}
      onKeyDown={(event) => pressInCells(event, active, matrix, { go, choose: onChoose })}
    >
      <thead>
        <tr>
          <td className={styles.corner}>is ↓, called →</td>
          {Array.from({ length: columns }, (_, column) => (
            <th key={column} scope="col" title={columnName(column)}><span>{columnName(column)}</span></th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row}>
            <th scope="row" title={lines.names[row]}>{lines.names[row]}</th>
            {Array.from({ length: columns }, (_, column) => (
              <td
                key={column}
                role="gridcell"
                data-cell={`${row},${column}`}
                data-ink={scaleStep(shareAt(matrix, row, column))}
                data-right={row === column || undefined}
                tabIndex={is(active, row, column) ? 0 : -1}
                aria-selected={is(chosen, row, column)}
                aria-label={sentenceOf({ row, column })}
              >
                {counts[row * columns + column] || ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
