import { decimate, type Columns, type Row } from '../../state/decimate'
import { excerpt, type StepRange } from '../../state/excerpt'
import { METRIC_NAMES, type ColumnName } from '../../state/series'
import { smooth } from '../../state/smooth'
import type { ChartDescription } from './lines'
import { linearAxis, logAxis, shareAxis, type Axis } from './ticks'

/** This many points are drawn quickly; more do not show on a chart of this width. */
export const MOST_POINTS = 240

export type SmoothName = `${ColumnName} smoothed`
export type DrawnName = ColumnName | SmoothName

export interface ContentOptions {
  /** The whole run, or an excerpt. */
  range?: StepRange
  smoothing: number
  log: boolean
  /** A level that the axis reaches, if there is one. */
  reach?: number
}

/** What a chart draws: few points, whatever the length of the run, and a vertical axis around them. */
export interface Content {
  rows: Row<DrawnName>[]
  axis: Axis
}

export const smoothName = (column: ColumnName): SmoothName => `${column} smoothed`

/** Readings of single batches are noisy and may be smoothed; an evaluation of all test pictures is drawn as it is. */
export function isSmoothed(column: ColumnName, smoothing: number): boolean {
  return smoothing > 0 && METRIC_NAMES.has(column)
}

/** The lines of a chart as rows and an axis; smoothing sees the whole run, so that a zoom changes no value. */
export function contentOf({ lines, unit }: ChartDescription, columns: Columns<ColumnName>, options: ContentOptions): Content {
  const { range, smoothing, log, reach } = options
  const drawn: Columns<DrawnName> = { steps: columns.steps, values: {} as Record<DrawnName, ArrayLike<number>> }
  for (const { column } of lines) {
    drawn.values[column] = columns.values[column]
    if (isSmoothed(column, smoothing)) drawn.values[smoothName(column)] = smooth(columns.values[column], smoothing)
  }
  const names = Object.keys(drawn.values) as DrawnName[]
  const shown = range ? excerpt(drawn, range) : drawn
  const rows = decimate(shown, names, MOST_POINTS).map((row) => (log ? positiveOnly(row, names) : row))
  return { rows, axis: axisOf(rows, names, { unit, log, fromZero: !range, reach }) }
}

/** A logarithm has no place for zero and below. */
function positiveOnly(row: Row<DrawnName>, names: readonly DrawnName[]): Row<DrawnName> {
  const entries = names.map((name) => [name, (row[name] ?? 0) > 0 ? row[name] : null])
  return { step: row.step, ...Object.fromEntries(entries) } as Row<DrawnName>
}

interface AxisOptions {
  unit: ChartDescription['unit']
  log: boolean
  fromZero: boolean
  reach?: number
}

function axisOf(rows: readonly Row<DrawnName>[], names: readonly DrawnName[], { unit, log, fromZero, reach }: AxisOptions): Axis {
  let least = Infinity
  let greatest = -Infinity
  for (const row of rows) {
    for (const name of names) {
      const value = row[name]
      if (value === null) continue
      least = Math.min(least, value)
      greatest = Math.max(greatest, value)
    }
  }
  if (least > greatest) return unit === 'share' ? shareAxis(0) : linearAxis(0, reach ?? 1, true)
  if (unit === 'share') return fromZero ? shareAxis(greatest) : linearAxis(least, greatest, false)
  if (log) return logAxis(least, greatest)
  return linearAxis(least, fromZero ? Math.max(greatest, reach ?? 0) : greatest, fromZero)
}
