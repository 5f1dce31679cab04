import { useId } from 'react'
import type { NumberField } from '../../recipe/field'
import type { FieldName } from '../../recipe/recipe'
import styles from './field.module.css'
import { FieldLabel } from './field-label'
import { POSITIONS, positionOf, toStep, valueAt } from './slider-scale'
import { typedNumber } from './typed-number'
import { useEntry } from './use-entry'

/** A slider and a number that can be typed. */
export function NumberControl({ name, field }: { name: FieldName; field: NumberField }) {
  const { draft, setDraft, refusal, settle, reset, ...entry } = useEntry(name, field)
  const value = Number(entry.value)
  const id = useId()
  const log = field.scale === 'log'
  const share = log
    ? positionOf(field, value) / POSITIONS
    : (value - field.minimum) / (field.maximum - field.minimum)

  function settleDraft() {
    if (draft !== undefined) settle(typedNumber(draft, field))
  }

  return (
    <div className={styles.field}>
      <div className={styles.heading}>
        <FieldLabel name={name} field={field} controlId={id} onReset={reset} />
        <input
          className={styles.number}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-label={`${field.label}, typed`}
          aria-invalid={refusal !== undefined}
          aria-describedby={`${id}-refusal`}
          value={draft ?? String(value)}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={settleDraft}
          onKeyDown={(event) => {
            if (event.key === 'Enter') settleDraft()
            if (event.key === 'Escape') setDraft(undefined)
          }}
        />
        {field.unit && <span className={styles.unit}>{field.unit}</span>}
      </div>
      <input
        id={id}
        className={styles.slider}
        style={{ '--share': `${share * 100}%` } as React.CSSProperties}
        type="range"
        min={log ? 0 : field.minimum}
        max={log ? POSITIONS : field.maximum}
        step={log ? 1 : field.step}
        value={log ? positionOf(field, value) : value}
        aria-valuetext={field.unit ? `${value} ${field.unit}` : String(value)}
        aria-describedby={`${id}-explanation`}
        onChange={(event) => {
          const position = Number(event.target.value)
          settle(log ? valueAt(field, position, value) : toStep(field, position))
        }}
        onDoubleClick={reset}
      />
      <p id={`${id}-refusal`} className={styles.refusal}>
        {refusal}
      </p>
    </div>
  )
}
