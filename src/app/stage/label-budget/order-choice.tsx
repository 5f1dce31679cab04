import { PICTURE_ORDERS, type OrderRequest, type PictureOrder } from '../../../state/picture-order'
import { usePrototypeNames } from '../prototype-names'
import { labelsByClass } from './budget-meter'
import styles from './label-budget.module.css'
import type { ShownLabels } from './use-labels'

export type Choice = OrderRequest

interface Props {
  shown: ShownLabels
  choice: Choice
  /** Prototypes of the model that has scored pictures; 0 while none has. */
  prototypes: number
  onChange: (choice: Choice) => void
}

/** Which pictures, in which order. */
export function OrderChoice({ shown, choice, prototypes, onChange }: Props) {
  const names = usePrototypeNames()
  const { classNames } = shown
  const counts = labelsByClass(shown)
  // Without names no prototype is wrong.
  const canOrder = (order: (typeof PICTURE_ORDERS)[number]) =>
    !('ofModel' in order) || (prototypes > 0 && (names.named || order.value !== 'wrong'))
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
            <option key={order.value} value={order.value} disabled={!canOrder(order)}>
              {order.label}
            </option>
          ))}
        </select>
      </label>
      {choice.order === 'random' && (
        <label>
          Seed
          <input
            type="number"
            min={0}
            max={1_000_000}
            value={choice.seed}
            onChange={({ target }) => onChange({ ...choice, seed: Math.max(0, Math.floor(Number(target.value))) })}
          />
        </label>
      )}
      {choice.order === 'near' && (
        <label>
          Prototype
          <select value={choice.prototype} onChange={({ target }) => onChange({ ...choice, prototype: Number(target.value) })}>
            {Array.from({ length: prototypes }, (_, k) => (
              <option key={k} value={k}>
                {names.of(k)}
              </option>
            ))}
          </select>
        </label>
      )}
      {prototypes === 0 && <span className={styles.hint}>More orders once a model trains on these pictures.</span>}
    </div>
  )
}
