// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import type { Place } from './cell-cursor'
import { CellGrid } from './cell-grid'

afterEach(cleanup)

/** Three rows of four cells, 20 pixels wide and 10 high, from (40, 5) on. */
function Cells() {
  const [cursor, setCursor] = useState<Place>({ row: 0, column: 0 })
  const [pointed, setPointed] = useState<Place>()
  return (
    <>
      <CellGrid
        label="Cells" rows={3} columns={4} size={{ width: 120, height: 35 }} isSelected={false}
        layout={{ left: 40, top: 5, width: 20, height: 10, gap: 2 }}
        cursor={cursor} sentence={`row ${cursor.row}, column ${cursor.column}`} onGo={setCursor} onPoint={setPointed}
      />
      <output>{pointed ? `${pointed.row} ${pointed.column}` : 'none'}</output>
    </>
  )
}

const cell = () => screen.getByRole('gridcell')

it('is walked by keys, each cell with the focus and in words', () => {
  render(<Cells />)
  cell().focus()
  for (const key of ['ArrowRight', 'ArrowDown', 'End']) fireEvent.keyDown(cell(), { key })
  expect(document.activeElement).toBe(cell())
  expect(cell().getAttribute('aria-label')).toBe('row 1, column 3')
})

it('a click or a tap goes to the cell under it and gives it the focus; beside the cells there is nothing', () => {
  render(<Cells />)
  const grid = screen.getByRole('grid')
  fireEvent.click(grid, { clientX: 39, clientY: 6 })
  expect(document.activeElement).toBe(document.body)
  fireEvent.click(grid, { clientX: 85, clientY: 26 })
  expect(cell().getAttribute('aria-label')).toBe('row 2, column 2')
  expect(document.activeElement).toBe(cell())
  fireEvent.pointerMove(grid, { clientX: 45, clientY: 16 })
  expect(screen.getByRole('status').textContent).toBe('1 0')
  fireEvent.pointerLeave(grid)
  expect(screen.getByRole('status').textContent).toBe('none')
})
