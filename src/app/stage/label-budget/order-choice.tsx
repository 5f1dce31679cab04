import { isOrderOpen, PICTURE_ORDERS, type OrderRequest, type PictureOrder, type PictureScores } from '../../../state/picture-order'
import { count } from '../../format'
import { WholeNumber } from '../../widgets/whole-number'
import { usePrototypeNames } from '../prototype-names'
import { labelsByClass } from './budget-meter'
import styles from './label-budget.module.css'
import type { ShownLabels } from './use-labels'

export type Choice = OrderRequest

interface Props {
  shown: ShownLabels
  choice: Choice
  /** Of the model, once it has scored pictures. */
  scores?: PictureScores
  onChange: (choice: Choice) => void
}

/** Which pictures, in which order. */
export function OrderChoice({ shown, choice, scores, onChange }: Props) {
  const names = usePrototypeNames()
  const { classNames } = shown
  const counts = labelsByClass(shown)
  return (
    <div className={styles.group}>
      <label>
        Pictures
        <select
          value={choice.only ?? ''}
          onChange={({ target }) => onChange({ ...choice, only: target.value === '' ? undefined : Number(target.value) })}
        >
          <option value="">of all classes</option>
          {classNames.map((name, label) => (
            <option key={name} value={label}>
              of {name} ({counts[label]})
            </option>
          ))}
        </select>
      </label>
      <label>
        Order
        <select
          value={choice.order}
          onChange={({ target }) => onChange({ ...choice, order: target.value as PictureOrder })}
        >
          {PICTURE_ORDERS.map((order) => (
            <option key={order.value} value={order.value} disabled={!isOrderOpen(order, scores)}>
              {order.label}
            </option>
          ))}
        </select>
      </label>
      {choice.order === 'random' && (
        <label>
          Seed
          <WholeNumber minimum={0} maximum={1_000_000} value={choice.seed} onChange={(seed) => onChange({ ...choice, seed })} />
        </label>
      )}
      {choice.order === 'near' && (
        <label>
          Prototype
          <select value={choice.prototype} onChange={({ target }) => onChange({ ...choice, prototype: Number(target.value) })}>
            {Array.from({ length: scores?.prototypes ?? 0 }, (_, k) => (
              <option key={k} value={k}>
                {names.of(k)}
              </option>
            ))}
          </select>
        </label>
      )}
      <span className={styles.hint}>{hintOf(choice, shown.pool.classes.length, scores)}</span>
    </div>
  )
}

function hintOf({ order }: Choice, pictures: number, scores?: PictureScores): string {
  if (!scores) return 'More orders once a model with prototypes trains on these pictures.'
  const isOfModel = PICTURE_ORDERS.some((known) => known.value === order && 'ofModel' in known)
  const looks = scores.positions.length
  return isOfModel && looks < pictures ? `The ${count(looks)} pictures that the model looks at.` : ''
}
