import { useMemo } from 'react'
import { readLabelEdits } from '../../../recipe/label-edits'
import { count, percent } from '../../format'
import { usePlayground } from '../../playground-context'
import styles from './label-budget.module.css'
import type { ShownLabels } from './use-labels'

/** How much of the pictures is labelled, in all and by class. */
export function BudgetMeter({ shown }: { shown: ShownLabels }) {
  const edits = usePlayground((state) => state.form.labels)
  const { labelled, taught, pool, classNames } = shown
  const total = pool.classes.length
  const byClass = useMemo(() => labelsByClass(shown), [shown])
  const wrong = useMemo(
    () => [...labelled].filter((position) => taught[position] !== pool.classes[position]).length,
    [labelled, taught, pool],
  )
  const { given, taken } = readLabelEdits(edits)
  const most = Math.max(1, ...byClass)
  return (
    <div className={styles.meter}>
      <p className={styles.budget}>
        <b>{count(labelled.size)}</b> of {count(total)} labelled ({percent(labelled.size / total)})
        {given.size > 0 && <span> · {count(given.size)} given</span>}
        {taken.size > 0 && <span> · {count(taken.size)} taken</span>}
        {wrong > 0 && <span className={styles.wrong}> · {count(wrong)} wrong</span>}
      </p>
      <div className={styles.bars} role="img" aria-label={`Labels by class: ${sayClasses(classNames, byClass)}`}>
        {byClass.map((labels, label) => (
          <span
            key={classNames[label] ?? label}
            title={`${classNames[label]}: ${labels}`}
            style={{ height: `${(100 * labels) / most}%` }}
          />
        ))}
      </div>
    </div>
  )
}

/** Labelled pictures of each true class. */
export function labelsByClass({ labelled, pool, classNames }: ShownLabels): number[] {
  const counts = classNames.map(() => 0)
  for (const position of labelled) counts[pool.classes[position]!]!++
  return counts
}

function sayClasses(names: readonly string[], counts: readonly number[]): string {
  const most = Math.max(...counts)
  const least = Math.min(...counts)
  if (names.length <= 10) return names.map((name, label) => `${name} ${counts[label]}`).join(', ')
  return `${names.length} classes with ${least} to ${most} each`
}
