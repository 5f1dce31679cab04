import { useId } from 'react'
import type { TextField } from '../../recipe/field'
import type { FieldName } from '../../recipe/recipe'
import styles from './field.module.css'
import { FieldLabel } from './field-label'
import { useEntry } from './use-entry'

/** A line that can be typed; it counts when it is left or sent off with Enter. */
export function TextControl({ name, field }: { name: FieldName; field: TextField }) {
  const { value, draft, setDraft, refusal, settle, reset } = useEntry(name, field)
  const id = useId()

  function settleDraft() {
    if (draft !== undefined) settle(draft)
  }

  return (
    <div className={styles.field}>
      <div className={styles.heading}>
        <FieldLabel name={name} field={field} controlId={id} onReset={reset} />
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
        value={draft ?? String(value)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={settleDraft}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settleDraft()
          if (event.key === 'Escape') setDraft(undefined)
        }}
      />
      <p id={`${id}-refusal`} className={styles.refusal}>
        {refusal}
      </p>
    </div>
  )
}
