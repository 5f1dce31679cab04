import type { Field } from '../../recipe/field'
import { DEFAULT_RECIPE, type FieldName } from '../../recipe/recipe'
import { usePlayground } from '../playground-context'
import { PassingButton } from '../widgets/passing-button'
import styles from './field.module.css'

interface Props {
  name: FieldName
  field: Field
  controlId: string
  onReset: () => void
}

/** A field’s name and symbol, whether it acts at once, the way back to its default, and what it does. */
export function FieldLabel({ name, field, controlId, onReset }: Props) {
  const changed = usePlayground((state) => state.form[name] !== DEFAULT_RECIPE[name])
  const usual = field.kind === 'text' ? field.default || field.empty : field.default
  return (
    <>
      <label className={styles.label} htmlFor={controlId}>
        {field.label} {field.symbol && <i className={styles.symbol}>{field.symbol}</i>}
      </label>
      {field.live && <span className={styles.live}>live</span>}
      {changed && (
        <PassingButton
          className={styles.reset}
          aria-label={`Set ${field.label} back to ${usual}`}
          title={`Changed; click for the default, ${usual}`}
          heir={() => document.getElementById(controlId)}
          onClick={onReset}
        />
      )}
      <p id={`${controlId}-explanation`} className={styles.explanation}>
        {field.explanation}
      </p>
    </>
  )
}
