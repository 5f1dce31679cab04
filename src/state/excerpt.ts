import type { Columns } from './decimate'

/** Steps from `from` to `to`, both included. */
export interface StepRange {
  from: number
  to: number
}

/** The rows within a range and the neighbour on either side, so that lines reach the edges. Nothing is copied. */
export function excerpt<Name extends string>(columns: Columns<Name>, { from, to }: StepRange): Columns<Name> {
  const { steps, values } = columns
  const start = Math.max(0, lastAtOrBefore(steps, from))
  const after = lastAtOrBefore(steps, to) + 1
  const end = Math.min(steps.length, after + 1)
  const part = (column: ArrayLike<number>) => (column as Float32Array | Float64Array).subarray(start, end)
  const names = Object.keys(values) as Name[]
  const parts = names.map((name) => [name, part(values[name])])
  return { steps: part(steps), values: Object.fromEntries(parts) as Columns<Name>['values'] }
}

/** Index of the last step that is not beyond `step`; −1 when all are. */
export function lastAtOrBefore(steps: ArrayLike<number>, step: number): number {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle] ?? Infinity) <= step) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** The value of a column at a step: the newest up to there. */
export function valueAt<Name extends string>({ steps, values }: Columns<Name>, name: Name, step: number): number | undefined {
  for (let row = lastAtOrBefore(steps, step); row >= 0; row--) {
    const value = values[name][row]
    if (value !== undefined && !Number.isNaN(value)) return value
  }
  return undefined
}

/** The recorded step that is nearest to `step`. */
export function nearestStep(steps: ArrayLike<number>, step: number): number | undefined {
  const row = lastAtOrBefore(steps, step)
  const before = steps[row]
  const after = steps[row + 1]
  if (before === undefined || after === undefined) return before ?? after
  return step - before <= after - step ? before : after
}
