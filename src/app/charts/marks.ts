import { readLabelEdits } from '../../recipe/label-edits'
import { fieldOf } from '../../recipe/recipe'
import type { Mark } from '../../state/run'

/** More labels than these would lie over one another. */
const MOST_LABELS = 3

/** “ε 0.03 → 0.05”, or “labels +3” for those that were given by hand. */
export function markLabel({ name, from, to }: Mark): string {
  const field = fieldOf(name)
  if (name === 'labels') return `labels ${signed(budgetOf(String(to)) - budgetOf(String(from)))}`
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

/** Labels that edits add to those of the seed. */
function budgetOf(edits: string): number {
  const { given, taken } = readLabelEdits(edits)
  return given.size - taken.size
}

function signed(change: number): string {
  if (change === 0) return 'moved'
  return change > 0 ? `+${change}` : `−${-change}`
}
