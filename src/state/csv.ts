import type { Columns } from './decimate'

/** Every reading of a run as comma-separated values, a line for each step; what has no value at a step stays empty. */
export function csvOf<Name extends string>({ steps, values }: Columns<Name>): string {
  const names = (Object.keys(values) as Name[]).filter((name) => hasValues(values[name]))
  const lines = [['step', ...names].join(',')]
  for (let row = 0; row < steps.length; row++) {
    const cells = names.map((name) => {
      const value = values[name][row] ?? NaN
      return Number.isNaN(value) ? '' : String(value)
    })
    lines.push([steps[row], ...cells].join(','))
  }
  return `${lines.join('\n')}\n`
}

function hasValues(column: ArrayLike<number>): boolean {
  for (let row = 0; row < column.length; row++) if (!Number.isNaN(column[row])) return true
  return false
}
