import { useId } from 'react'
import type { ChoiceField } from '../../recipe/field'
import type { FieldName } from '../../recipe/recipe'
import { usePlayground } from '../playground-context'
import { Segmented } from '../widgets/segmented'
import styles from './field.module.css'

interface Props {
  name: FieldName
  field: ChoiceField
  /** A panel’s heading names the field already. */
  labelHidden?: boolean
  colours?: Readonly<Record<string, string>>
}

/** One of a field’s named options. */
export function ChoiceControl({ name, field, labelHidden, colours }: Props) {
  const value = String(usePlayground((state) => state.form[name]))
  const setField = usePlayground((state) => state.setField)
  const id = useId()
  return (
    <div className={styles.field}>
      <Segmented
        label={field.label}
        labelHidden={labelHidden}
        options={field.options.map((option) => ({ ...option, colour: colours?.[option.value] }))}
        value={value}
        onChange={(next) => setField(name, next)}
        describedBy={id}
      />
      <p id={id} className={styles.explanation}>
        {field.explanation}
      </p>
    </div>
  )
}
