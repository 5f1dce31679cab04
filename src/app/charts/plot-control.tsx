import { useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Columns } from '../../state/decimate'
import { lastAtOrBefore, nearestStep, valueAt, type StepRange } from '../../state/excerpt'
import type { ColumnName } from '../../state/series'
import { decimal, percent } from '../format'
import { usePlayground } from '../playground-context'
import styles from './charts.module.css'
import { FEWEST_STEPS, ROOM, stepAt, xOf, zoomed, type Frame } from './frame'
import type { ChartDescription } from './lines'

interface Props {
  description: ChartDescription
  columns: Columns<ColumnName>
  frame: Frame
}

/** Readings that a page key walks over. */
const PAGE = 10

/** The cursor that all charts share, and the zoom, by pointer and by keyboard. */
export function PlotControl({ description, columns, frame }: Props) {
  const cursor = usePlayground((state) => state.chartCursor)
  const pointAt = usePlayground((state) => state.pointAt)
  const zoomTo = usePlayground((state) => state.zoomTo)
  const [anchor, setAnchor] = useState<number>()
  const { steps } = columns
  const last = steps[steps.length - 1] ?? 0
  const whole = { from: 0, to: last }
  // While the control has the focus it stays where it was: a screen reader would say every new step.
  const [held, setHeld] = useState<number>()
  const here = cursor ?? Math.min(held ?? last, last)
  const selection = anchor === undefined || cursor === undefined ? undefined : ordered(anchor, cursor)

  function stepUnder({ currentTarget, clientX }: PointerEvent) {
    const { left, width } = currentTarget.getBoundingClientRect()
    return stepAt(frame, (clientX - left) / width)
  }
  function begin(event: PointerEvent) {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setAnchor(stepUnder(event))
  }
  function end() {
    setAnchor(undefined)
    if (selection && selection.to - selection.from >= Math.max(FEWEST_STEPS, (frame.range.to - frame.range.from) / 40)) zoomTo(selection)
  }
  function press(event: KeyboardEvent) {
    const row = lastAtOrBefore(steps, here)
    const rows: Record<string, number> = {
      ArrowLeft: row - 1, ArrowRight: row + 1, ArrowDown: row - 1, ArrowUp: row + 1, PageDown: row - PAGE, PageUp: row + PAGE,
      Home: 0, End: steps.length - 1,
    }
    const target = rows[event.key]
    if (target !== undefined) pointAt(steps[Math.min(steps.length - 1, Math.max(0, target))])
    else if (event.key === '+' || event.key === '=') zoomTo(zoomed(frame.range, here, 0.5, whole))
    else if (event.key === '-') zoomTo(zoomed(frame.range, here, 2, whole))
    else if (event.key === 'Escape') zoomTo(undefined)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      className={styles.control}
      role="slider"
      tabIndex={0}
      aria-label={`${description.title}: step under the cursor`}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={Math.round(here)}
      aria-valuetext={inWords(description, columns, here)}
      onPointerMove={(event) => pointAt(nearestStep(steps, stepUnder(event)))}
      onPointerLeave={() => anchor === undefined && pointAt(undefined)}
      onPointerDown={begin}
      onPointerUp={end}
      onPointerCancel={() => setAnchor(undefined)}
      onDoubleClick={() => zoomTo(undefined)}
      onKeyDown={press}
      onFocus={() => setHeld(last)}
      onBlur={() => {
        setHeld(undefined)
        pointAt(undefined)
      }}
    >
      <svg width={frame.size.width} height={frame.size.height} aria-hidden>
        {selection && <Selection range={selection} frame={frame} />}
        {cursor !== undefined && cursor >= frame.range.from && cursor <= frame.range.to && (
          <line className={styles.cursor} x1={xOf(frame, cursor)} x2={xOf(frame, cursor)} y1={ROOM.top} y2={frame.size.height - ROOM.bottom} />
        )}
      </svg>
    </div>
  )
}

function Selection({ range, frame }: { range: StepRange; frame: Frame }) {
  const left = xOf(frame, range.from)
  return <rect className={styles.selection} x={left} y={ROOM.top} width={xOf(frame, range.to) - left} height={frame.size.height - ROOM.top - ROOM.bottom} />
}

function ordered(one: number, other: number): StepRange {
  return { from: Math.round(Math.min(one, other)), to: Math.round(Math.max(one, other)) }
}

function inWords({ lines, unit }: ChartDescription, columns: Columns<ColumnName>, step: number): string {
  const values = lines.map(({ column, label }) => {
    const value = valueAt(columns, column, step)
    return `${label} ${unit === 'share' ? percent(value) : decimal(value)}`
  })
  return `step ${Math.round(step)}: ${values.join(', ')}`
}
