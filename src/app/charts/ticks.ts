import type { StepRange } from '../../state/excerpt'

/** What an axis reaches from and to, and the round values on it. */
export interface Axis {
  low: number
  high: number
  ticks: number[]
}

/** Round steps within a range, four or five of them once there are enough. */
export function stepTicks({ from, to }: StepRange): number[] {
  const apart = roundUp(Math.max(1, (to - from) / 5))
  const first = Math.ceil(from / apart)
  return Array.from({ length: Math.floor(to / apart) - first + 1 }, (_, index) => (first + index) * apart)
}

/** A linear axis around the values, from 0 unless it shows an excerpt. */
export function linearAxis(least: number, greatest: number, fromZero: boolean): Axis {
  const low = fromZero ? Math.min(0, least) : least
  const apart = roundUp(Math.max((greatest - low) / 3, 1e-3))
  const first = Math.floor(low / apart + 1e-9)
  const last = Math.max(first + 1, Math.ceil(greatest / apart - 1e-9))
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * apart).toPrecision(6)))
  return { low: first * apart, high: last * apart, ticks }
}

/** A logarithmic axis around positive values, with ticks at 1, 2 and 5 of each power of ten that do not crowd it. */
export function logAxis(least: number, greatest: number): Axis {
  const low = least * 0.9
  const high = Math.max(greatest, least * 1.2) * 1.1
  const powers = Array.from({ length: 2 + Math.ceil(Math.log10(high / low)) }, (_, index) => Math.floor(Math.log10(low)) + index)
  const within = (digits: number[]) => powers
    .flatMap((power) => digits.map((digit) => Number((digit * 10 ** power).toPrecision(2))))
    .filter((tick) => tick >= low && tick <= high)
  const choices = [within([1]), within([1, 3]), within([1, 2, 5]), within([1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9])]
  const ticks = choices.find((candidate) => candidate.length >= 3) ?? [least, greatest]
  return { low, high, ticks: ticks.length <= MOST_TICKS ? ticks : ticks.filter((_, index) => index % Math.ceil(ticks.length / MOST_TICKS) === 0) }
}

/** Fifths, or tenths while all shares are small, up to the first above the highest share. */
export function shareAxis(greatest: number): Axis {
  const apart = greatest > 0.3 ? 5 : 10
  const last = Math.min(apart, Math.floor(greatest * apart) + 1)
  return { low: 0, high: last / apart, ticks: Array.from({ length: last + 1 }, (_, index) => index / apart) }
}

export function shareTick(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}

export function valueTick(value: number): string {
  return String(Number(value.toPrecision(3)))
}

const MOST_TICKS = 5

/** The first of 1, 2, 5 times a power of ten that is not below the distance. */
function roundUp(distance: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(distance))
  return [1, 2, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= distance * (1 - 1e-9)) ?? distance
}
