import { useCallback, useMemo, useRef } from 'react'
import type { PictureStrip } from '../../state/pictures'
import { count } from '../format'
import { usePlayground } from '../playground-context'
import { Canvas, type Draw } from './canvas'
import { createTilePainter } from './tiles'
import { useSize } from './use-size'
import styles from './picture-sheet.module.css'

const GAP = 3
const LARGEST_TILE = 72
const NAMES_HEIGHT = 24
/** With more classes than this, a column for each would be too narrow. */
const MOST_COLUMNS = 10

interface Props {
  /** As many rows of pictures as fit. */
  height: number
  /** Columns carry the names of their classes. */
  named?: boolean
}

/** Training pictures, a column for each class; those with a label are ringed in amber. */
export function PictureSheet({ height, named = false }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  const { width } = useSize(ref)
  const dataset = usePlayground((state) => state.dataset)
  const classes = dataset?.classNames ?? []
  const side = Math.min(LARGEST_TILE, Math.floor((width + GAP) / Math.min(MOST_COLUMNS, classes.length)) - GAP)
  const rows = Math.max(1, Math.floor((height - (named ? NAMES_HEIGHT : 0) + GAP) / (side + GAP)))
  const columns = useMemo(() => (dataset ? arrange(dataset.strip, rows) : []), [dataset, rows])
  const size = useMemo(
    () => ({ width, height: tallest(columns) * (side + GAP) }),
    [width, columns, side],
  )
  const draw = useCallback<Draw>(
    (context, _, colour) => {
      if (!dataset || side <= 0) return
      const paint = createTilePainter(context, dataset.strip, colour)
      columns.forEach((column, x) => {
        column.forEach((picture, y) => paint(picture, x * (side + GAP), y * (side + GAP), side))
      })
    },
    [dataset, columns, side],
  )
  return (
    <div ref={ref}>
      {named && classes.length <= MOST_COLUMNS && (
        <div className={styles.names} aria-hidden>
          {classes.map((name) => (
            <span key={name} style={{ width: side, marginRight: GAP }} title={name}>
              {name}
            </span>
          ))}
        </div>
      )}
      {dataset && side > 0 && <Canvas size={size} draw={draw} label={describe(dataset.split, classes)} />}
    </div>
  )
}

/** Indices into the strip, column by column. */
function arrange(strip: PictureStrip, rows: number): number[][] {
  const byClass: number[][] = []
  strip.labels.forEach((label, index) => (byClass[label] ??= []).push(index))
  if (byClass.length <= MOST_COLUMNS) return byClass.map((pictures) => pictures.slice(0, rows))
  const first = byClass.flatMap(([picture]) => (picture === undefined ? [] : [picture])).slice(0, rows * MOST_COLUMNS)
  return Array.from({ length: MOST_COLUMNS }, (_, x) => first.filter((_, index) => index % MOST_COLUMNS === x))
}

function tallest(columns: number[][]): number {
  return Math.max(0, ...columns.map((column) => column.length))
}

function describe({ train, labelled }: { train: number; labelled: number }, classes: readonly string[]): string {
  const names = classes.length <= MOST_COLUMNS ? `: ${classes.join(', ')}` : ''
  return `Some of the ${count(train)} training pictures, of ${classes.length} classes${names}. ${count(labelled)} have a label; these are ringed.`
}
