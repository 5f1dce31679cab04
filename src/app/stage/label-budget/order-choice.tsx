import { PICTURE_ORDERS, type OrderRequest, type PictureOrder } from '../../../state/picture-order'
import { usePlayground } from '../../playground-context'
import { labelsByClass } from './budget-meter'
import styles from './label-budget.module.css'
import type { ShownLabels } from './use-labels'

export type Choice = OrderRequest

interface Props {
  shown: ShownLabels
  choice: Choice
  /** Whether a model has scored pictures. */
  hasScores: boolean
  onChange: (choice: Choice) => void
}

/** Which pictures, in which order. */
export function OrderChoice({ shown, choice, hasScores, onChange }: Props) {
  const spares = usePlayground((state) => state.run.recipe?.sparePrototypes ?? 0)
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
            <option key={order.value} value={order.value} disabled={'ofModel' in order && !hasScores}>
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
            {[...classNames, ...Array.from({ length: spares }, (_, spare) => `spare ${spare + 1}`)].map((name, prototype) => (
              <option key={name} value={prototype}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      {!hasScores && <span className={styles.hint}>More orders once a model trains on these pictures.</span>}
    </div>
  )
}
