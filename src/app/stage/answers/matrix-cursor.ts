/** A cell of the matrix by its place. */
export interface Place {
  row: number
  column: number
}

/** Where a key leads from a cell, along the ways that grids have; nothing when the key leads nowhere. */
export function walkMatrix(
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
