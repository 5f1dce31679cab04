import { useId } from 'react'
import type { Field, NumberField } from '../../../recipe/field'
import fieldStyles from '../../controls/field.module.css'
import { POSITIONS, positionOf, toStep, valueAt } from '../../controls/slider-scale'
import styles from './laboratory.module.css'

interface Props {
  field: Field
  value: number | string
  onChange: (value: number | string) => void
}

/** A slider or switch of the laboratory: it moves the experiment, not the run. */
export function Knob({ field, value, onChange }: Props) {
  return field.kind === 'number'
    ? <Slider field={field} value={Number(value)} onChange={onChange} />
    : (
      <label className={styles.switch} title={field.explanation}>
        <input type="checkbox" checked={value === 'on'} onChange={(event) => onChange(event.target.checked ? 'on' : 'off')} />
        Balancing
      </label>
    )
}

function Slider({ field, value, onChange }: { field: NumberField; value: number; onChange: (value: number) => void }) {
  const id = useId()
  const log = field.scale === 'log'
  const share = log ? positionOf(field, value) / POSITIONS : (value - field.minimum) / (field.maximum - field.minimum)
  return (
    <div className={styles.knob} title={field.explanation}>
      <label htmlFor={id}>
        {field.symbol ?? field.label} <b>{value}</b>
      </label>
      <input
        id={id}
        type="range"
        className={fieldStyles.slider}
        aria-label={`${field.label} in the laboratory`}
        aria-valuetext={String(value)}
        style={{ '--share': `${share * 100}%` } as React.CSSProperties}
        min={log ? 0 : field.minimum}
        max={log ? POSITIONS : field.maximum}
        step={log ? 1 : field.step}
        value={log ? positionOf(field, value) : value}
        onChange={(event) => {
          const position = Number(event.target.value)
          onChange(log ? valueAt(field, position, value) : toStep(field, position))
        }}
      />
    </div>
  )
}
