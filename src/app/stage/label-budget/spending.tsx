import { useState } from 'react'
import { count } from '../../format'
import { usePlayground } from '../../playground-context'
import shared from '../../widgets/shared.module.css'
import { WholeNumber } from '../../widgets/whole-number'
import styles from './label-budget.module.css'
import type { ShownLabels } from './use-labels'

/** Gives or takes several labels at once, from the front of the order, and takes changes back. */
export function Spending({ shown, order }: { shown: ShownLabels; order: readonly number[] }) {
  const [amount, setAmount] = useState(10)
  const giveLabels = usePlayground((state) => state.giveLabels)
  const takeLabels = usePlayground((state) => state.takeLabels)
  const undoLabels = usePlayground((state) => state.undoLabels)
  const clearLabelEdits = usePlayground((state) => state.clearLabelEdits)
  const undone = usePlayground((state) => state.labelHistory.length)
  const edited = usePlayground((state) => state.form.labels !== '')
  const labelledFirst = order.filter((position) => shown.labelled.has(position)).slice(0, amount)
  const unlabelledFirst = order.filter((position) => !shown.labelled.has(position)).slice(0, amount)
  return (
    <div className={styles.group}>
      <label>
        First
        <WholeNumber label="How many labels to give or take at once" minimum={1} maximum={order.length} value={amount} onChange={setAmount} />
      </label>
      <button type="button" className={shared.button} disabled={unlabelledFirst.length === 0} onClick={() => giveLabels(unlabelledFirst)}>
        Give {count(unlabelledFirst.length)}
      </button>
      <button type="button" className={shared.button} disabled={labelledFirst.length === 0} onClick={() => takeLabels(labelledFirst)}>
        Take {count(labelledFirst.length)}
      </button>
      <button type="button" className={shared.button} disabled={undone === 0} onClick={undoLabels}>
        Undo
      </button>
      <button type="button" className={shared.button} disabled={!edited} onClick={clearLabelEdits}>
        Back to the seed’s
      </button>
    </div>
  )
}
