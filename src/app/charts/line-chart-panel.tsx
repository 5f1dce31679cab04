import { memo, useMemo, useRef } from 'react'
import { CartesianGrid, Line, LineChart, ReferenceLine, XAxis, YAxis } from 'recharts'
import { decimate, type Columns, type Row } from '../../state/decimate'
import type { Mark } from '../../state/run'
import type { ColumnName } from '../../state/series'
import { count, decimal } from '../format'
import { useSize } from '../widgets/use-size'
import styles from './charts.module.css'
import type { ChartDescription, ChartLine } from './lines'
import { labelMarks } from './marks'
import { stepTicks } from './ticks'

/** recharts draws this many points quickly; more do not show on a chart of this width. */
const MOST_POINTS = 240
const TICK = { fill: 'var(--muted)', fontSize: 11 }
const REFERENCE = { colour: 'var(--muted)', dash: '1 3' }
/** Ink on a rim of paper, so that lines do not run through the words. */
const MARK_LABEL = { fontSize: 11, fill: 'var(--ink)', stroke: 'var(--surface)', strokeWidth: 4, paintOrder: 'stroke' }
const MARGIN = { top: 6, right: 10, bottom: 0, left: 0 }

interface Props {
  description: ChartDescription
  columns: Columns<ColumnName>
  marks: readonly Mark[]
  /** A level worth comparing with, and its name. */
  reference?: { level: number; label: string }
}

/** Lines over the steps of the run, with live changes marked; the legend tells the newest values. */
export const LineChartPanel = memo(function LineChartPanel({ description, columns, marks, reference }: Props) {
  const { title, lines, unit, room } = description
  const ref = useRef<HTMLDivElement>(null)
  const { width, height } = useSize(ref)
  const rows = useMemo(
    () => decimate(columns, lines.map((line) => line.column), MOST_POINTS),
    [columns, lines],
  )
  const lastStep = columns.steps[columns.steps.length - 1] ?? 0
  const empty = rows.length === 0 || lines.length === 0
  const write = unit === 'share' ? wholePercent : decimal
  const shares = unit === 'share' ? shareTicks(rows, lines) : undefined
  const latest = lines.map((line) => ({ line, value: write(latestOf(columns.values[line.column])) }))
  return (
    <figure className={styles.chart} aria-label={`${title} over the steps of the run`}>
      <figcaption className={styles.caption}>
        <div className={styles.title}>
          <h2>{title}</h2>
          {reference && (
            <span title={`The greatest entropy there can be: ${decimal(reference.level)}`}>
              <Swatch {...REFERENCE} /> {reference.label}
            </span>
          )}
        </div>
        <ul aria-label={`${title} at step ${lastStep}`}>
          {latest.map(({ line, value }) => (
            <li key={line.column} title={line.meaning}>
              <Swatch {...line} />
              {line.label} <b>{value}</b>
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={ref} className={styles.plot} data-empty={empty} aria-hidden>
        {empty && <p className={styles.empty}>{lines.length > 0 ? EMPTY[title] : 'Without unlabelled pictures nothing is assigned'}</p>}
        {/* It is drawn before there are numbers, unseen: the first drawing takes long, and a run must not wait for it. */}
        {width > 0 && height > 0 && (
          <LineChart width={width} height={height} data={rows} margin={MARGIN} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="step"
              type="number"
              domain={[0, lastStep || 1]}
              ticks={stepTicks(lastStep)}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              tickFormatter={count}
              height={18}
            />
            <YAxis
              width={36}
              tick={TICK}
              tickLine={false}
              axisLine={false}
              tickCount={4}
              domain={[0, shares?.at(-1) ?? 'auto']}
              ticks={shares}
              tickFormatter={unit === 'share' ? wholePercent : decimalTick}
            />
            {reference && (
              <ReferenceLine
                y={reference.level}
                stroke={REFERENCE.colour}
                strokeDasharray={REFERENCE.dash}
                ifOverflow="extendDomain"
              />
            )}
            {lines.map((line) => (
              <Line
                key={line.column}
                dataKey={line.column}
                stroke={line.colour}
                strokeDasharray={line.dash}
                strokeWidth={line.dash ? 1.6 : 2}
                type="linear"
                dot={false}
                activeDot={false}
                isAnimationActive={false}
                connectNulls
              />
            ))}
            {labelMarks(marks).map(({ mark, label, line }) => (
              <ReferenceLine
                key={`${mark.name}-${mark.step}`}
                x={mark.step}
                stroke="var(--ink)"
                strokeDasharray="2 3"
                label={label && { ...MARK_LABEL, value: label, position: corner(room, mark.step / lastStep), dy: (room === 'Top' ? 1 : -1) * line * 13 }}
              />
            ))}
          </LineChart>
        )}
      </div>
    </figure>
  )
})

const EMPTY: Record<string, string> = {
  Loss: 'How far predictions are from targets and labels',
  Accuracy: 'How many pictures are named rightly',
  Entropy: 'How soft assignments are, and how evenly prototypes are used',
}

function Swatch({ colour, dash }: Pick<ChartLine, 'colour' | 'dash'>) {
  return (
    <svg width="12" height="8" aria-hidden>
      <line x1="0" y1="4" x2="12" y2="4" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
    </svg>
  )
}

function latestOf(values: ArrayLike<number>): number | undefined {
  for (let row = values.length - 1; row >= 0; row--) if (!Number.isNaN(values[row])) return values[row]
  return undefined
}

/** Fifths, or tenths while all shares are small, up to the first above the highest share. */
function shareTicks(rows: readonly Row<ColumnName>[], lines: readonly ChartLine[]): number[] {
  const highest = Math.max(0, ...rows.flatMap((row) => lines.map((line) => row[line.column] ?? 0)))
  const apart = highest > 0.3 ? 5 : 10
  const last = Math.min(apart, Math.floor(highest * apart) + 1)
  return Array.from({ length: last + 1 }, (_, index) => index / apart)
}

/** A label stands on that side of its mark where there is room. */
function corner(room: ChartDescription['room'], position: number) {
  return `inside${room}${position < 0.6 ? 'Left' : 'Right'}` as const
}

function wholePercent(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(share * 100)} %`
}

function decimalTick(value: number): string {
  return value === 0 ? '0' : value.toFixed(value < 10 ? 1 : 0)
}
