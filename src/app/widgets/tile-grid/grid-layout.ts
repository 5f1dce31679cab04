/** Side of a picture on the grid, and the distance from one to the next, in CSS pixels. */
export const TILE = 36
export const PITCH = TILE + 3

export function columnsIn(width: number): number {
  return Math.max(1, Math.floor(width / PITCH))
}

/** The tiles of the rows that are on screen, even in part. */
export function tilesIn(scrollTop: number, height: number, columns: number, total: number): { first: number; count: number } {
  const first = Math.min(Math.floor(scrollTop / PITCH) * columns, total)
  return { first, count: Math.min((Math.ceil(height / PITCH) + 1) * columns, total - first) }
}

/** The tile at a place of the whole grid; none right of the last column. */
export function tileAt(x: number, y: number, columns: number): number | undefined {
  const column = Math.floor(x / PITCH)
  return column < columns ? Math.floor(y / PITCH) * columns + column : undefined
}

/** Where a key leads from a tile; nothing when the key leads nowhere. */
export function walk(
  key: string, from: number, { columns, count, page }: { columns: number; count: number; page: number },
): number | undefined {
  const last = count - 1
  const steps: Record<string, number> = {
    ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns,
    PageDown: page * columns, PageUp: -page * columns, Home: -from, End: last - from,
  }
  const step = steps[key]
  return step === undefined ? undefined : Math.max(0, Math.min(last, from + step))
}
