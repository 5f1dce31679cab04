/** Columns of numbers over ascending steps; NaN where a column has no value at a step. */
export interface Columns<Name extends string> {
  steps: ArrayLike<number>
  values: Record<Name, ArrayLike<number>>
}

/** One point of a chart: its step, and a value or null of each column. */
export type Row<Name extends string> = { step: number } & Record<Name, number | null>

/**
 * At most `limit` rows that keep the outline of every column: steps fall into equal runs of neighbours, and each
 * run becomes two rows that hold each column's least and greatest value in the order in which they occurred.
 * Averages would hide a spike; this never does. With `limit` rows or fewer, every row is kept.
 */
export function decimate<Name extends string>(columns: Columns<Name>, names: readonly Name[], limit: number): Row<Name>[] {
  const { steps, values } = columns
  const count = steps.length
  if (count <= limit) {
    return Array.from({ length: count }, (_, index) => rowAt(steps[index], names, (name) => values[name][index]))
  }
  const runs = Math.floor(limit / 2)
  const rows: Row<Name>[] = []
  for (let run = 0; run < runs; run++) {
    const start = Math.floor((run * count) / runs)
    const end = Math.floor(((run + 1) * count) / runs)
    const extremes = Object.fromEntries(
      names.map((name) => [name, extremesOf(values[name], start, end)]),
    ) as Record<Name, [number, number]>
    rows.push(rowAt(steps[start], names, (name) => extremes[name][0]))
    rows.push(rowAt(steps[end - 1], names, (name) => extremes[name][1]))
  }
  return rows
}

/** Least and greatest value within [start, end), the earlier one first; NaN twice when there is none. */
function extremesOf(column: ArrayLike<number>, start: number, end: number): [number, number] {
  let least = -1
  let greatest = -1
  for (let index = start; index < end; index++) {
    const value = column[index] ?? NaN
    if (Number.isNaN(value)) continue
    if (least < 0 || value < (column[least] ?? NaN)) least = index
    if (greatest < 0 || value > (column[greatest] ?? NaN)) greatest = index
  }
  return [column[Math.min(least, greatest)] ?? NaN, column[Math.max(least, greatest)] ?? NaN]
}

function rowAt<Name extends string>(
  step: number | undefined,
  names: readonly Name[],
  valueOf: (name: Name) => number | undefined,
): Row<Name> {
  const entries = names.map((name) => {
    const value = valueOf(name)
    return [name, value === undefined || Number.isNaN(value) ? null : value]
  })
  return { step, ...Object.fromEntries(entries) } as Row<Name>
}
