import type { StepRange } from '../../state/excerpt'
import type { Size } from '../widgets/use-size'
import type { Axis } from './ticks'

/** Room around the lines within a plot, for the numbers of its axes. */
export const ROOM = { top: 6, right: 10, bottom: 18, left: 42 }

/** Where steps and values stand within a plot of a size. */
export interface Frame {
  size: Size
  range: StepRange
  axis: Axis
  log: boolean
}

export function xOf({ size, range }: Frame, step: number): number {
  const width = size.width - ROOM.left - ROOM.right
  return ROOM.left + ((step - range.from) / Math.max(1, range.to - range.from)) * width
}

export function yOf({ size, axis, log }: Frame, value: number): number {
  const height = size.height - ROOM.top - ROOM.bottom
  const place = log ? Math.log : (number: number) => number
  const share = (place(value) - place(axis.low)) / (place(axis.high) - place(axis.low))
  return size.height - ROOM.bottom - share * height
}

/** The step at a share of the plot’s whole width, whatever the page is magnified by. */
export function stepAt({ size, range }: Frame, share: number): number {
  const within = (share * size.width - ROOM.left) / (size.width - ROOM.left - ROOM.right)
  return range.from + Math.min(1, Math.max(0, within)) * (range.to - range.from)
}

/** A range `factor` times as long around a step that stays in its place; at least a few steps, at most `whole`. */
export function zoomed({ from, to }: StepRange, around: number, factor: number, whole: StepRange): StepRange | undefined {
  const next = {
    from: Math.max(whole.from, Math.round(around - (around - from) * factor)),
    to: Math.min(whole.to, Math.round(around + (to - around) * factor)),
  }
  if (next.from <= whole.from && next.to >= whole.to) return undefined
  return next.to - next.from < FEWEST_STEPS ? { from, to } : next
}

/** A range of fewer steps shows nothing more. */
export const FEWEST_STEPS = 4
