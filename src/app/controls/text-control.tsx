import { useId, useState } from 'react'
import type { TextField } from '../../recipe/field'
import type { FieldName } from '../../recipe/recipe'
import { usePlayground } from '../playground-context'
import styles from './field.module.css'
import { FieldLabel } from './field-label'

/** A line that can be typed; it counts when it is left or sent off with Enter. */
export function TextControl({ name, field }: { name: FieldName; field: TextField }) {
  const value = String(usePlayground((state) => state.form[name]))
  const setField = usePlayground((state) => state.setField)
  const resetField = usePlayground((state) => state.resetField)
  const [draft, setDraft] = useState<string>()
  const [refusal, setRefusal] = useState<string>()
  const id = useId()

  function settle() {
    if (draft === undefined) return
    setDraft(undefined)
    setRefusal(setField(name, draft))
  }

  return (
    <div className={styles.field}>
      <div className={styles.heading}>
        <FieldLabel name={name} field={field} controlId={id} onReset={() => resetField(name)} />
      </div>
      <input
        id={id}
        className={styles.text}
        type="text"
        autoComplete="off"
        placeholder={field.empty}
        maxLength={field.maximum}
        aria-invalid={refusal !== undefined}
        aria-describedby={`${id}-explanation ${id}-refusal`}
        value={draft ?? value}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle()
          if (event.key === 'Escape') setDraft(undefined)
        }}
      />
      <p id={`${id}-refusal`} className={styles.refusal}>
        {refusal}
      </p>
    </div>
  )
}
