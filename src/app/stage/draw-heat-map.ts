import type { AssignmentSample, PictureStrip } from '../../state/pictures'
import type { Colour } from '../widgets/canvas'
import { createTilePainter } from '../widgets/tiles'
import type { Size } from '../widgets/use-size'
import { standNames, type ColumnNames } from './column-names'
import { fitted, layOutColumns, type ColumnLayout } from './columns'
import type { PrototypeNames } from './prototype-names'

const TALLEST_ROW = 34
const ROW_GAP = 2

export interface HeatMap {
  sample: AssignmentSample
  /** The probabilities on show, [pictures, prototypes]. */
  values: Float32Array
  strip?: PictureStrip
  classNames: readonly string[]
  names: PrototypeNames
}

/** Where everything stands. */
export interface HeatMapLayout {
  columns: ColumnLayout
  heading: ColumnNames
  /** Height of a row with the space below it. */
  row: number
}

export function layOutHeatMap({ sample, names }: HeatMap, { width, height }: Size): HeatMapLayout {
  const columns = layOutColumns(width, sample.prototypes)
  const heading = standNames(Array.from({ length: sample.prototypes }, (_, k) => names.of(k)), columns.width)
  return { columns, heading, row: Math.min(TALLEST_ROW, Math.floor((height - heading.height) / Math.max(1, sample.pictures.length))) }
}

/** How strongly a probability is inked: its root, so that small ones can be told from none. */
export function inkOf(probability: number): number {
  return Math.sqrt(Math.min(1, Math.max(0, probability)))
}

/** Draws pictures as rows, prototypes as columns, probabilities as ink, and rings true classes where labels name the prototypes. */
export function drawHeatMap(context: CanvasRenderingContext2D, map: HeatMap, area: Size, colour: Colour): void {
  const { sample, values, strip, names } = map
  const { prototypes } = sample
  const rows = sample.pictures.length
  const { columns, heading, row } = layOutHeatMap(map, area)
  const paintTile = strip && createTilePainter(context, strip, colour)
  const font = getComputedStyle(document.documentElement).fontFamily
  const cell = { width: columns.width - columns.gap, height: row - ROW_GAP }

  drawHeader()
  context.textAlign = 'center'
  context.font = `11px ${font}`
  for (let y = 0; y < rows; y++) {
    const top = heading.height + y * row
    paintTile?.(y, columns.left - 8 - cell.height, top, cell.height)
    for (let x = 0; x < prototypes; x++) {
      drawCell(columns.left + x * columns.width, top, values[y * prototypes + x] ?? 0)
    }
    const truth = strip?.labels[y]
    if (names.named && truth !== undefined && truth < prototypes) markTruth(columns.left + truth * columns.width, top)
  }

  function drawHeader() {
    if (heading.stand === 'none') return
    const upright = heading.stand === 'upright'
    const length = upright ? heading.height - 6 : cell.width - 2
    context.font = `600 11px ${font}`
    context.fillStyle = colour('--ink')
    for (let x = 0; x < prototypes; x++) {
      context.save()
      context.translate(columns.left + x * columns.width + (upright ? cell.width / 2 + 4 : 2), heading.height - (upright ? 4 : 7))
      if (upright) context.rotate(-Math.PI / 2)
      context.fillText(fitted(context, names.of(x), length), 0, 0)
      context.restore()
    }
  }

  function drawCell(left: number, top: number, probability: number) {
    context.beginPath()
    context.roundRect(left, top, cell.width, cell.height, columns.gap > 1 ? 3 : 0)
    context.fillStyle = colour('--well')
    context.fill()
    context.globalAlpha = inkOf(probability)
    context.fillStyle = colour('--accent')
    context.fill()
    context.globalAlpha = 1
    if (cell.width < 34 || cell.height < 15 || probability < 0.095) return
    context.fillStyle = colour(probability > 0.3 ? '--on-accent' : '--ink')
    context.fillText(probability.toFixed(2), left + cell.width / 2, top + cell.height / 2 + 4)
  }

  /** A ring at the edge of the cell that the picture’s class names. */
  function markTruth(left: number, top: number) {
    context.strokeStyle = colour('--ink')
    context.lineWidth = cell.width > 8 ? 1.5 : 1
    context.beginPath()
    context.roundRect(left + 0.75, top + 0.75, cell.width - 1.5, cell.height - 1.5, columns.gap > 1 ? 3 : 0)
    context.stroke()
  }
}
