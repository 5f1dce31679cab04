import { columnSums, rowSums } from '../../../state/by-hand'
import type { PictureSheet } from '../../../state/pictures'
import type { Colour } from '../../widgets/canvas'
import { drawCells, fontOf } from '../../widgets/draw-cells'
import { paintFromSheet } from '../../widgets/sheet-painter'
import type { Size } from '../../widgets/use-size'
import type { Stop } from './experiment'

const COLUMN_BARS = 34
const ROW_BARS = 30
const GAP = 4

/**
 * Draws a stop as a heat map: pictures as rows, prototypes as columns, the sums of both as bars.
 * @param named whether labels tie prototype k to class k: a picture’s class can then be ringed
 */
export function drawStop(
  context: CanvasRenderingContext2D, { matrix, kind, full, summed }: Stop, sheet: PictureSheet, pictures: readonly number[], named: boolean,
  { width, height }: Size, colour: Colour,
): void {
  const { rows, columns, values } = matrix
  const row = (height - COLUMN_BARS - GAP) / rows
  const left = row + GAP
  const cells = width - left - ROW_BARS - GAP
  context.font = fontOf(10)
  for (let i = 0; i < rows; i++) {
    const top = COLUMN_BARS + GAP + i * row
    paintFromSheet(context, sheet, pictures[i]!, 0, top, row - 0.5, colour)
    drawCells(context, values.subarray(i * columns, (i + 1) * columns), { left, top, width: cells, height: row - 1 }, { kind, full }, colour)
    if (named) markTruth(sheet.labels[pictures[i]!]!, top)
  }
  if (!summed) return
  drawBars(columnSums(matrix), rows / columns, (sum, greatest, i, even) => {
    const bar = (sum / greatest) * (COLUMN_BARS - 2)
    context.fillStyle = colour(even ? '--ink' : '--accent')
    if (even) context.fillRect(left, COLUMN_BARS - bar, cells, 1)
    else context.fillRect(left + (i * cells) / columns, COLUMN_BARS - bar, Math.max(1, cells / columns - 2), bar)
  })
  drawBars(rowSums(matrix), 1, (sum, greatest, i, even) => {
    const bar = (sum / greatest) * (ROW_BARS - 2)
    context.fillStyle = colour(even ? '--ink' : '--accent')
    if (even) context.fillRect(left + cells + GAP + bar, COLUMN_BARS + GAP, 1, rows * row)
    else context.fillRect(left + cells + GAP, COLUMN_BARS + GAP + i * row, bar, row - 1)
  })

  /** Rings the cell of the picture’s class. */
  function markTruth(label: number, top: number) {
    if (label >= columns) return
    const cell = cells / columns
    context.strokeStyle = colour('--ink')
    context.lineWidth = cell > 8 ? 1.25 : 0.75
    context.strokeRect(left + label * cell + 0.5, top + 0.5, Math.max(1, cell - 3), Math.max(1, row - 2))
  }
}

/** Hands out bars and, last, the line at which all would be equal. */
function drawBars(sums: number[], even: number, draw: (sum: number, greatest: number, index: number, isEven: boolean) => void): void {
  const greatest = Math.max(2 * even, ...sums)
  sums.forEach((sum, i) => draw(sum, greatest, i, false))
  draw(even, greatest, 0, true)
}
