import { useId } from 'react'
import styles from './segmented.module.css'

interface Props<Value extends string> {
  /** Name of the whole group. */
  label: string
  /** The name is read out only; the page shows it elsewhere. */
  labelHidden?: boolean
  options: readonly { value: Value; label: string; colour?: string }[]
  value: Value
  onChange: (value: Value) => void
  describedBy?: string
}

/** A few choices side by side, one taken. */
export function Segmented<Value extends string>(props: Props<Value>) {
  const { label, labelHidden = false, options, value, onChange, describedBy } = props
  const name = useId()
  return (
    <fieldset className={styles.group} aria-describedby={describedBy}>
      <legend className={labelHidden ? styles.hidden : styles.legend}>{label}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option} style={{ '--option': option.colour } as React.CSSProperties}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
