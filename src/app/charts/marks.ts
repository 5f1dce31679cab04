import { readLabelEdits } from '../../recipe/label-edits'
import { fieldOf } from '../../recipe/recipe'
import type { Mark, Moment } from '../../state/run'

/** More labels than these would lie over one another. */
const MOST_LABELS = 3

/** A line across the charts at a step, and its words. */
export interface Flag {
  step: number
  kind: 'change' | Moment['kind']
  text: string
}

/** “ε 0.03 → 0.05”, or “labels +3” for those that were given by hand. */
export function markLabel({ name, from, to }: Mark): string {
  const field = fieldOf(name)
  if (name === 'labels') return `labels ${signed(budgetOf(String(to)) - budgetOf(String(from)))}`
  return `${field.symbol ?? field.label} ${from} → ${to}`
}

/** Live changes and what happened to the run, in the order of their steps. */
export function flagsOf(marks: readonly Mark[], moments: readonly Moment[]): Flag[] {
  const changes = marks.map((mark): Flag => ({ step: mark.step, kind: 'change', text: markLabel(mark) }))
  return [...changes, ...moments].toSorted((a, b) => a.step - b.step)
}

/** The flags with a label for the newest changes and events, each on a line of its own; a pause has a sign instead. */
export function labelFlags(flags: readonly Flag[]): { flag: Flag; label?: string; line: number }[] {
  const worded = flags.filter(({ kind }) => kind !== 'pause')
  const newest = worded.slice(-MOST_LABELS)
  return flags.map((flag) => ({
    flag,
    label: newest.includes(flag) ? flag.text : undefined,
    line: Math.max(0, worded.indexOf(flag)) % MOST_LABELS,
  }))
}

/** Steps with an evaluation, no two of them closer than `apart`. */
export function evaluationSteps(steps: ArrayLike<number>, accuracies: ArrayLike<number>, apart: number): number[] {
  const found: number[] = []
  for (let row = 0; row < steps.length; row++) {
    const step = steps[row] ?? 0
    if (!Number.isNaN(accuracies[row]) && step - (found.at(-1) ?? -Infinity) >= apart) found.push(step)
  }
  return found
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
