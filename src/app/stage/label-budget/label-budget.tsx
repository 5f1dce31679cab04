import { useMemo, useRef, useState } from 'react'
import { orderPictures, predictionsOf } from '../../../state/picture-order'
import { count } from '../../format'
import { usePlayground } from '../../playground-context'
import { usePrototypeNames } from '../prototype-names'
import { BudgetMeter } from './budget-meter'
import { OrderChoice, type Choice } from './order-choice'
import { PictureGrid } from './picture-grid'
import { Spending } from './spending'
import styles from './label-budget.module.css'
import { useLabels, type ShownLabels } from './use-labels'
import { useScores } from './use-scores'

/** The training pictures as a grid, and the budget of labels to spend on them. */
export default function LabelBudget() {
  const shown = useLabels()
  if (!shown) return <p>No pictures yet.</p>
  return <Budget shown={shown} />
}

function Budget({ shown }: { shown: ShownLabels }) {
  const seed = usePlayground((state) => state.form.seed)
  const giveLabels = usePlayground((state) => state.giveLabels)
  const takeLabels = usePlayground((state) => state.takeLabels)
  const view = useRef<HTMLDivElement>(null)
  const scores = useScores(view)
  const [choice, setChoice] = useState<Choice>({ order: 'random', seed, prototype: 0 })
  const order = useOrder(shown, choice, scores)
  const predictions = useMemo(() => (scores ? predictionsOf(scores) : undefined), [scores])
  const names = usePrototypeNames()
  const { pool, labelled, taught, classNames } = shown

  function sentenceOf(position: number): string {
    const truth = classNames[pool.classes[position]!]
    const told = classNames[taught[position]!]
    const label = !labelled.has(position) ? 'no label' : told === truth ? 'labelled' : `wrongly labelled ${told}`
    const guess = predictions?.get(position)
    const says = guess === undefined ? '' : ` The model says ${names.of(guess)}.`
    return `Picture ${count(position + 1)}: ${truth}, ${label}.${says}`
  }

  return (
    <div ref={view} className={styles.budgetView}>
      <BudgetMeter shown={shown} />
      <div className={styles.toolbar}>
        <OrderChoice shown={shown} choice={choice} scores={scores} onChange={setChoice} />
        <Spending shown={shown} order={order} />
      </div>
      <PictureGrid
        shown={shown}
        order={order}
        sentenceOf={sentenceOf}
        onToggle={(position) => (labelled.has(position) ? takeLabels([position]) : giveLabels([position]))}
      />
    </div>
  )
}

/** A label that is given moves no picture, save where the labelled ones come first. */
function useOrder(shown: ShownLabels, choice: Choice, scores: ReturnType<typeof useScores>): number[] {
  const { pool } = shown
  const labelled = choice.order === 'labelled' ? shown.labelled : undefined
  return useMemo(() => orderPictures(pool, labelled ?? new Set(), choice, scores), [pool, labelled, choice, scores])
}
