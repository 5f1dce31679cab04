import { fieldOf } from '../../recipe/recipe'
import type { Mark } from '../../state/run'

/** More labels than these would lie over one another. */
const MOST_LABELS = 3

/** “ε 0.03 → 0.05” */
export function markLabel({ name, from, to }: Mark): string {
  const field = fieldOf(name)
  return `${field.symbol ?? field.label} ${from} → ${to}`
}

/** The marks with a label for the newest ones, each on a line of its own. */
export function labelMarks(marks: readonly Mark[]): { mark: Mark; label?: string; line: number }[] {
  return marks.map((mark, index) => ({
    mark,
    label: index >= marks.length - MOST_LABELS ? markLabel(mark) : undefined,
    line: index % MOST_LABELS,
  }))
}
