import { memo } from 'react'
import { CartesianGrid, Line, LineChart, XAxis, YAxis } from 'recharts'
import type { Row } from '../../state/decimate'
import { count } from '../format'
import { isSmoothed, smoothName, type DrawnName } from './content'
import { ROOM, type Frame } from './frame'
import type { ChartDescription } from './lines'
import { shareTick, stepTicks, valueTick } from './ticks'

const TICK = { fill: 'var(--muted)', fontSize: 11 }
const MARGIN = { top: ROOM.top, right: ROOM.right, bottom: 0, left: 0 }
const DRAWN = { type: 'linear', dot: false, activeDot: false, isAnimationActive: false, connectNulls: true } as const

interface Props {
  description: ChartDescription
  rows: Row<DrawnName>[]
  frame: Frame
  smoothing: number
}

/** The lines and the axes. Where a line is smoothed, what was read stands faint behind it. */
export const PlotLines = memo(function PlotLines({ description: { lines, unit }, rows, frame, smoothing }: Props) {
  const { size, range, axis, log } = frame
  return (
    <div aria-hidden>
      <LineChart width={size.width} height={size.height} data={rows} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="step"
          type="number"
          domain={[range.from, range.to]}
          allowDataOverflow
          ticks={stepTicks(range)}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          tickFormatter={count}
          height={ROOM.bottom}
        />
        <YAxis
          width={ROOM.left}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          scale={log ? 'log' : 'linear'}
          domain={[axis.low, axis.high]}
          allowDataOverflow
          ticks={axis.ticks}
          interval={0}
          tickFormatter={unit === 'share' ? shareTick : valueTick}
        />
        {lines.filter(({ column }) => isSmoothed(column, smoothing)).map(({ column, colour }) => (
          <Line key={`${column} as read`} {...DRAWN} dataKey={column} stroke={colour} strokeOpacity={0.28} strokeWidth={1} />
        ))}
        {lines.map(({ column, colour, dash }) => (
          <Line
            key={column}
            {...DRAWN}
            dataKey={isSmoothed(column, smoothing) ? smoothName(column) : column}
            stroke={colour}
            strokeDasharray={dash}
            strokeWidth={dash ? 1.6 : 2}
          />
        ))}
      </LineChart>
    </div>
  )
})
