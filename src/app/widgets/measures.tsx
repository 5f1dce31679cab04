import type { ReactNode } from 'react'
import styles from './measures.module.css'

/** A row of numbers with their names: `Measure` elements. */
export function Measures({ label, children }: { label: string; children: ReactNode }) {
  return (
    <dl className={styles.measures} aria-label={label}>
      {children}
    </dl>
  )
}

export function Measure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
