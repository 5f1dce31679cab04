import type { KeyboardEvent } from 'react'

/** A cell by its place. */
export interface Place {
  row: number
  column: number
}

/** Where a key leads from a cell, along the ways that grids have; nothing when the key leads nowhere. */
export function walkCells(
  { key, ctrlKey }: { key: string; ctrlKey: boolean }, { row, column }: Place, { rows, columns }: { rows: number; columns: number },
): Place | undefined {
  const targets: Record<string, Place> = {
    ArrowRight: { row, column: Math.min(columns - 1, column + 1) },
    ArrowLeft: { row, column: Math.max(0, column - 1) },
    ArrowDown: { row: Math.min(rows - 1, row + 1), column },
    ArrowUp: { row: Math.max(0, row - 1), column },
    Home: { row: ctrlKey ? 0 : row, column: 0 },
    End: { row: ctrlKey ? rows - 1 : row, column: columns - 1 },
  }
  return targets[key]
}

/** A key that was pressed among cells: arrows go to another one, Enter and Space choose the one at hand where there is a choice. */
export function pressInCells(
  event: KeyboardEvent, at: Place, extent: { rows: number; columns: number },
  { go, choose }: { go: (place: Place) => void; choose?: (place: Place) => void },
): void {
  const next = walkCells(event, at, extent)
  const chooses = choose !== undefined && (event.key === 'Enter' || event.key === ' ')
  if (!next && !chooses) return
  event.preventDefault()
  // Space belongs to the grid here, not to the run.
  event.stopPropagation()
  if (chooses) choose(at)
  else if (next) go(next)
}
