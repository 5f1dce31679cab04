import { memo, useDeferredValue, useMemo, useRef } from 'react'
import type { Columns } from '../../state/decimate'
import { lastAtOrBefore, valueAt } from '../../state/excerpt'
import type { ColumnName } from '../../state/series'
import { decimal } from '../format'
import { usePlayground } from '../playground-context'
import { useSize } from '../widgets/use-size'
import type { Band } from './bands'
import styles from './charts.module.css'
import { contentOf } from './content'
import type { Frame } from './frame'
import type { ChartDescription, ChartLine } from './lines'
import { PlotControl } from './plot-control'
import { PlotLines } from './plot-lines'
import { PlotMarks } from './plot-marks'

interface Props {
  description: ChartDescription
  columns: Columns<ColumnName>
  previous?: Columns<ColumnName>
  bands?: readonly Band[]
}

/** Lines over the steps of the run; the legend tells the values under the cursor, or the newest ones. */
export const LineChartPanel = memo(function LineChartPanel({ description, columns, previous, bands }: Props) {
  const { title, lines, unit } = description
  const ref = useRef<HTMLDivElement>(null)
  const size = useSize(ref)
  const lastStep = columns.steps[columns.steps.length - 1] ?? 0
  const zoom = useZoom()
  const smoothing = useDeferredValue(usePlayground((state) => state.smoothing))
  const log = useDeferredValue(usePlayground((state) => state.logScale)) && unit === 'nats'
  const reach = bands?.at(-1)?.to
  const { rows, axis } = useMemo(
    () => contentOf(description, columns, { range: zoom, smoothing, log, reach }),
    [description, columns, zoom, smoothing, log, reach],
  )
  const range = useMemo(() => zoom ?? { from: 0, to: lastStep || 1 }, [zoom, lastStep])
  const frame = useMemo<Frame>(() => ({ size, range, axis, log }), [size, range, axis, log])
  const empty = rows.length === 0 || lines.length === 0
  const seen = size.width > 0 && size.height > 0
  return (
    <figure className={styles.chart} aria-label={`${title} over the steps of the run`}>
      <Caption description={description} columns={columns} lastStep={lastStep} />
      <div ref={ref} className={styles.plot} data-empty={empty}>
        {empty && <p className={styles.empty}>{lines.length > 0 ? EMPTY[title] : 'Nothing is assigned in this method'}</p>}
        {/* It is drawn before there are numbers, unseen: the first drawing takes long, and a run must not wait for it. */}
        {seen && <PlotLines description={description} rows={rows} frame={frame} smoothing={smoothing} />}
        {seen && !empty && <PlotMarks description={description} columns={columns} previous={previous} bands={bands} frame={frame} />}
        {seen && !empty && <PlotControl description={description} columns={columns} frame={frame} />}
      </div>
    </figure>
  )
})

/** The excerpt that the charts of this run are zoomed to. */
function useZoom() {
  const range = usePlayground((state) => (state.chartRange?.runId === state.run.runId ? state.chartRange : undefined))
  return useDeferredValue(range)
}

function Caption({ description, columns, lastStep }: { description: ChartDescription; columns: Columns<ColumnName>; lastStep: number }) {
  const { title, lines, unit } = description
  const cursor = usePlayground((state) => state.chartCursor)
  const step = cursor === undefined ? lastStep : (columns.steps[lastAtOrBefore(columns.steps, cursor)] ?? lastStep)
  return (
    <figcaption className={styles.caption}>
      <h2>{title}</h2>
      <ul aria-label={`${title} at step ${step}`}>
        {lines.map((line) => (
          <li key={line.column} title={line.meaning}>
            <Swatch {...line} />
            {line.label} <b>{writeValue(unit, valueAt(columns, line.column, step))}</b>
          </li>
        ))}
      </ul>
    </figcaption>
  )
}

const EMPTY: Record<string, string> = {
  Loss: 'How far predictions are from targets and labels',
  Accuracy: 'How many pictures are named rightly',
  Entropy: 'How soft assignments are, and how evenly prototypes are used',
}

function Swatch({ colour, dash }: Pick<ChartLine, 'colour' | 'dash'>) {
  return (
    <svg width="11" height="8" aria-hidden>
      <line x1="0" y1="4" x2="11" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  )
}

function writeValue(unit: ChartDescription['unit'], value: number | undefined): string {
  if (unit === 'nats') return decimal(value)
  return value === undefined ? '–' : `${Math.round(value * 100)} %`
}
