import { memo } from 'react'
import { Curve, Surface } from 'recharts'
import type { Row } from '../../state/decimate'
import { count } from '../format'
import styles from './charts.module.css'
import { isSmoothed, smoothName, type DrawnName } from './content'
import { ROOM, xOf, yOf, type Frame } from './frame'
import type { ChartDescription, ChartLine } from './lines'
import { PlotArea } from './plot-area'
import { shareTick, stepTicks, valueTick } from './ticks'

interface Props {
  description: ChartDescription
  rows: readonly Row<DrawnName>[]
  frame: Frame
  smoothing: number
}

/**
 * The lines and the axes. Where a line is smoothed, what was read stands faint behind it. They are drawn with the parts
 * of recharts alone: its whole chart keeps a store of its own and takes several times as long for each new reading.
 */
export const PlotLines = memo(function PlotLines({ description: { lines, unit }, rows, frame, smoothing }: Props) {
  const { size } = frame
  return (
    <Surface className={styles.lines} width={size.width} height={size.height} aria-hidden>
      <ValueAxis frame={frame} write={unit === 'share' ? shareTick : valueTick} />
      <StepAxis frame={frame} />
      <PlotArea frame={frame}>
        {lines.filter(({ column }) => isSmoothed(column, smoothing)).map(({ column, colour }) => (
          <Curve key={`${column} as read`} points={pointsOf(rows, column, frame)} stroke={colour} strokeOpacity={0.28} strokeWidth={1} fill="none" />
        ))}
        {lines.map((line) => (
          <Curve key={line.column} points={pointsOf(rows, drawnName(line, smoothing), frame)} {...strokeOf(line)} fill="none" />
        ))}
      </PlotArea>
    </Surface>
  )
})

function ValueAxis({ frame, write }: { frame: Frame; write: (value: number) => string }) {
  return frame.axis.ticks.map((tick) => {
    const y = yOf(frame, tick)
    return (
      <g key={tick}>
        <line x1={ROOM.left} x2={frame.size.width - ROOM.right} y1={y} y2={y} />
        <text x={ROOM.left - 6} y={y + 4} textAnchor="end">{write(tick)}</text>
      </g>
    )
  })
}

/** Half the width of a digit on the axes, in pixels. */
const HALF_DIGIT = 3.3

function StepAxis({ frame }: { frame: Frame }) {
  const { size, range } = frame
  return stepTicks(range).map((step) => {
    const label = count(step)
    const x = Math.min(xOf(frame, step), size.width - HALF_DIGIT * label.length)
    return <text key={step} x={x} y={size.height - 4} textAnchor="middle">{label}</text>
  })
}

function drawnName({ column }: ChartLine, smoothing: number): DrawnName {
  return isSmoothed(column, smoothing) ? smoothName(column) : column
}

function strokeOf({ colour, dash }: ChartLine) {
  return { stroke: colour, strokeDasharray: dash, strokeWidth: dash ? 1.6 : 2 }
}

/** A step without a value is passed over: the line runs on to the next that has one. */
function pointsOf(rows: readonly Row<DrawnName>[], name: DrawnName, frame: Frame): { x: number; y: number }[] {
  return rows.flatMap((row) => {
    const value = row[name]
    return value === null ? [] : [{ x: xOf(frame, row.step), y: yOf(frame, value) }]
  })
}
