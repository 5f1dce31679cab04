import type { LensStage } from '../../../state/lens-slice'
import type { LensStep } from '../../../state/looks'
import type { ForwardRows, ForwardStage } from '../../../state/pictures'
import type { Colour } from '../../widgets/canvas'
import { drawCells, fontOf, type Scale } from '../../widgets/draw-cells'
import { viewPainter } from '../../widgets/sheet-painter'
import { createTilePainter } from '../../widgets/tiles'
import type { Size } from '../../widgets/use-size'
import { fitted } from '../columns'
import { rowOf } from './formulas'
import { picturesAtHand } from './pictures-at-hand'

const CAPTION = 92
const NOTE = 52
const HEADER = 18
const TALLEST_ROW = 34

/** A row of numbers with the view that they come from. */
interface Row {
  caption: string
  view: { from: 'labelled' | 'first' | 'second'; index: number }
  values: Float32Array
  note?: string
  /** Belongs to the picture of which the formula speaks. */
  chosen: boolean
  /** Begins a new picture. */
  first: boolean
}

const SHARE: Scale = { kind: 'share', full: 1 }

/** The rows that a stage shows, and how their numbers become ink. */
export function rowsOf(stage: LensStage, { forward }: LensStep['stages'], picture: number): { rows: Row[]; scale: Scale } {
  if (!forward) return { rows: [], scale: SHARE }
  switch (stage) {
    case 'encode':
      return { rows: viewRows(forward, picture, 'features'), scale: { kind: 'signed', full: 3 / Math.sqrt(forward.featureSize) } }
    case 'score':
      return { rows: viewRows(forward, picture, 'scores'), scale: { kind: 'signed', full: 1 } }
    case 'assign':
      return { rows: viewRows(forward, picture, 'targets'), scale: SHARE }
    default:
      return { rows: comparedRows(forward, picture), scale: SHARE }
  }
}

function viewRows(forward: ForwardStage, picture: number, name: 'features' | 'scores' | 'targets'): Row[] {
  const { labelled, first, second } = forward
  const size = name === 'features' ? forward.featureSize : forward.prototypes
  const alone = !first
  const row = (from: Row['view']['from'], rows: ForwardRows, index: number, caption: string, isFirst: boolean): Row => ({
    caption, view: { from, index }, values: rowOf(rows[name], index, size),
    chosen: index === picture && (from !== 'labelled' || alone), first: isFirst,
  })
  const known = labelled && name !== 'targets' || alone ? labelled : undefined
  return [
    ...(first && second
      ? indices(first).flatMap((i) => [row('first', first, i, 'view 1', true), row('second', second, i, 'view 2', false)])
      : []),
    ...(known ? indices(known).map((i) => row('labelled', known, i, 'labelled', true)) : []),
  ]
}

/** What a view should predict, above what it predicts. */
function comparedRows({ labelled, first, second, prototypes }: ForwardStage, picture: number): Row[] {
  const pair = (should: ForwardRows, does: ForwardRows, from: Row['view']['from'], index: number, caption: string, chosen: boolean): Row[] => [
    { caption, view: { from: from === 'second' ? 'first' : from, index }, values: rowOf(should.targets, index, prototypes), chosen, first: true },
    {
      caption: from === 'second' ? 'p of view 2' : 'prediction p', view: { from, index }, values: rowOf(does.predictions, index, prototypes),
      note: `ℓ ${does.losses[index]!.toFixed(2)}`, chosen, first: false,
    },
  ]
  return [
    ...(first && second ? indices(first).flatMap((i) => pair(first, second, 'second', i, 'q of view 1', i === picture)) : []),
    ...(labelled ? indices(labelled).flatMap((i) => pair(labelled, labelled, 'labelled', i, 'label y', !first && i === picture)) : []),
  ]
}

function indices({ losses }: ForwardRows): number[] {
  return [...losses.keys()]
}

/** Draws rows of numbers under the names of their columns. */
export function drawRows(
  context: CanvasRenderingContext2D, { stages }: LensStep, { rows, scale }: { rows: Row[]; scale: Scale }, names: readonly string[],
  { width, height }: Size, colour: Colour,
): void {
  const top = names.length > 0 ? HEADER : 0
  const row = Math.min(TALLEST_ROW, (height - top) / Math.max(1, rows.length))
  const left = CAPTION + row + 4
  const cells = width - left - NOTE
  drawNames()
  rows.forEach(({ caption, view, values, note, chosen, first }, i) => {
    const y = top + i * row
    const inner = row - (first ? 3 : 2)
    if (first && i > 0) line(y - 1)
    context.font = fontOf(11, chosen ? 650 : 400)
    context.fillStyle = colour(chosen ? '--ink' : '--muted')
    context.fillText(caption, 0, y + inner / 2 + 4)
    const pixels = stages.views?.pixels[view.from]
    if (pixels) viewPainter(context, pixels)(view.index, CAPTION, y, inner)
    context.font = fontOf(11)
    drawCells(context, values, { left, top: y, width: cells, height: inner }, scale, colour)
    if (note) context.fillText(note, left + cells + 6, y + inner / 2 + 4)
    context.fillStyle = colour('--ink')
  })

  function drawNames() {
    const column = cells / Math.max(1, names.length)
    if (column < 26) return
    context.font = fontOf(11, 600)
    context.fillStyle = colour('--ink')
    names.forEach((name, k) => context.fillText(fitted(context, name, column - 4), left + k * column, HEADER - 6))
  }

  function line(y: number) {
    context.fillStyle = colour('--line')
    context.fillRect(0, y - 0.5, width, 1)
  }
}

/** Draws the pictures above their views, a column for each picture, labelled ones last. */
export function drawViews(
  context: CanvasRenderingContext2D, step: LensStep, chosen: number, { width, height }: Size, colour: Colour,
): void {
  const { stages: { views }, strip } = step
  if (!views) return
  const { pixels, labelled, unlabelled, smallViews, smallSide } = views
  const chosenColumn = picturesAtHand(step)?.areLabelled ? unlabelled.length + chosen : chosen
  const lines = ['picture', ...(pixels.first ? ['view 1'] : ['view']), ...(pixels.second ? ['view 2'] : []), ...(smallViews > 0 ? ['small views'] : [])]
  const columns = unlabelled.length + labelled.length
  const side = Math.min(76, (height - 4) / lines.length - 6, (width - CAPTION) / columns - 8)
  const x = (column: number) => CAPTION + column * (side + 8)
  const y = (line: number) => line * (side + 6)
  context.font = fontOf(11)
  context.fillStyle = colour('--muted')
  lines.forEach((caption, i) => context.fillText(caption, 0, y(i) + side / 2 + 4))

  const paintPicture = strip && createTilePainter(context, strip, colour)
  const paint = (name: 'labelled' | 'first' | 'second', column: number, index: number, line: number) => {
    const views = pixels[name]
    if (views) viewPainter(context, views)(index, x(column), y(line), side)
  }
  unlabelled.forEach((_, i) => {
    paintPicture?.(labelled.length + i, x(i), y(0), side)
    paint('first', i, i, 1)
    paint('second', i, i, 2)
    if (pixels.small) paintSmall(i)
  })
  labelled.forEach((_, i) => {
    paintPicture?.(i, x(unlabelled.length + i), y(0), side)
    paint('labelled', unlabelled.length + i, i, 1)
  })
  context.strokeStyle = colour('--accent')
  context.lineWidth = 2
  context.strokeRect(x(chosenColumn) - 3, 1, side + 6, y(lines.length - (smallViews > 0 ? 1 : 0)) - 4)

  /** As many beside and below each other as fit into a tile. */
  function paintSmall(column: number) {
    const across = Math.ceil(Math.sqrt(smallViews))
    const small = viewPainter(context, pixels.small!, smallSide)
    for (let copy = 0; copy < smallViews; copy++) {
      const tile = side / across
      small(copy * unlabelled.length + column, x(column) + (copy % across) * tile, y(lines.length - 1) + Math.floor(copy / across) * tile, tile - 1)
    }
  }
}
