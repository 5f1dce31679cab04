/** Where the prototypes’ columns stand: shared by the heat map and the bars above it. */
export interface ColumnLayout {
  /** Left edge of the first column: pictures stand before it. */
  left: number
  width: number
  /** Space between two columns. */
  gap: number
}

/** Room for the picture of a row, or for a scale. */
export const GUTTER = 44
const WIDEST_COLUMN = 76

export function layOutColumns(width: number, prototypes: number): ColumnLayout {
  const column = Math.min(WIDEST_COLUMN, (width - GUTTER) / Math.max(1, prototypes))
  return { left: GUTTER, width: column, gap: column > 8 ? 2 : column > 3 ? 1 : 0 }
}

/** As much of a text as fits into `width`, with an ellipsis where it is cut. */
export function fitted(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text
  for (let length = text.length - 1; length > 0; length--) {
    const cut = `${text.slice(0, length)}…`
    if (context.measureText(cut).width <= width) return cut
  }
  return ''
}
