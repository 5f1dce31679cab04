import { memo, useMemo } from 'react'
import { decimate, type Columns } from '../../state/decimate'
import type { ColumnName } from '../../state/series'
import { usePlayground } from '../playground-context'
import type { Band } from './bands'
import styles from './charts.module.css'
import { MOST_POINTS } from './content'
import { ROOM, xOf, yOf, type Frame } from './frame'
import type { ChartDescription } from './lines'
import { evaluationSteps, flagsOf, labelFlags } from './marks'
import { PlotArea } from './plot-area'

interface Props {
  description: ChartDescription
  columns: Columns<ColumnName>
  previous?: Columns<ColumnName>
  bands?: readonly Band[]
  frame: Frame
}

/** What stands around the lines: bands, the run before, live changes, pauses, evaluations and events. */
export const PlotMarks = memo(function PlotMarks({ description, columns, previous, bands = [], frame }: Props) {
  const { size } = frame
  const past = useMemo(() => previous && pathOf(previous, description, frame), [previous, description, frame])
  return (
    <svg className={styles.marks} width={size.width} height={size.height} aria-hidden>
      {bands.map((band) => <BandMark key={band.mood} band={band} frame={frame} />)}
      {past && <PlotArea frame={frame}><path d={past} className={styles.past} /></PlotArea>}
      <Evaluations columns={columns} frame={frame} />
      <Flags description={description} frame={frame} />
    </svg>
  )
})

function BandMark({ band, frame }: { band: Band; frame: Frame }) {
  const { axis, size } = frame
  const high = Math.min(band.to, axis.high)
  const low = Math.max(band.from, axis.low)
  if (high <= low) return null
  const top = yOf(frame, high)
  const height = yOf(frame, low) - top
  const foot = top + height - 4
  return (
    <g className={styles.band} data-mood={band.mood}>
      <rect x={ROOM.left} y={top} width={size.width - ROOM.left - ROOM.right} height={height} />
      {band.text && <text x={ROOM.left + 4} y={foot}>{band.text}</text>}
    </g>
  )
}

/** Small ticks on the axis of steps. */
function Evaluations({ columns, frame }: { columns: Columns<ColumnName>; frame: Frame }) {
  const { range, size } = frame
  const apart = (3 * (range.to - range.from)) / size.width
  const steps = useMemo(() => evaluationSteps(columns.steps, columns.values.testAccuracy, apart), [columns, apart])
  const foot = size.height - ROOM.bottom
  const within = steps.filter((step) => step >= range.from && step <= range.to)
  return <path className={styles.evaluations} d={within.map((step) => `M${xOf(frame, step).toFixed(1)} ${foot}v-4`).join('')} />
}

function Flags({ description: { room }, frame }: { description: ChartDescription; frame: Frame }) {
  const marks = usePlayground((state) => state.run.marks)
  const moments = usePlayground((state) => state.run.moments)
  const flags = useMemo(() => labelFlags(flagsOf(marks, moments)), [marks, moments])
  const { range, size } = frame
  const [top, foot] = [ROOM.top, size.height - ROOM.bottom]
  return flags.filter(({ flag }) => flag.step >= range.from && flag.step <= range.to).map(({ flag, label, line }) => {
    const x = xOf(frame, flag.step)
    const before = (flag.step - range.from) / (range.to - range.from) > 0.6
    // At the foot stand the words of a band.
    const y = room === 'Top' ? top + 10 + line * 13 : foot - 19 - line * 13
    return (
      <g key={`${flag.kind} ${flag.text} ${flag.step}`} className={styles.flag} data-kind={flag.kind}>
        <line x1={x} x2={x} y1={top} y2={foot} />
        {flag.kind === 'pause' && <path d={`M${x - 3} ${top}v7h2v-7zM${x + 1} ${top}v7h2v-7z`} />}
        {label && <text x={before ? x - 4 : x + 4} y={y} textAnchor={before ? 'end' : 'start'}>{label}</text>}
      </g>
    )
  })
}

/** The first line of the chart in the run before. */
function pathOf(previous: Columns<ColumnName>, { lines }: ChartDescription, frame: Frame): string {
  const column = lines[0]?.column
  if (!column) return ''
  const points = decimate(previous, [column], MOST_POINTS).flatMap((row) => {
    const value = row[column]
    return value === null || (frame.log && value <= 0) ? [] : [`${xOf(frame, row.step).toFixed(1)} ${yOf(frame, value).toFixed(1)}`]
  })
  return points.length > 1 ? `M${points.join('L')}` : ''
}
