import type { ClassCount } from '../../../state/prototypes'
import { classColour } from '../../class-colours'
import styles from './prototypes.module.css'

/** The colour of a class, beside its name. */
export function Swatch({ label }: { label: number }) {
  return <i className={styles.swatch} style={{ background: `var(${classColour(label)})` }} />
}

/** The classes of a prototype’s members as one bar, the most frequent first. */
export function ClassStrip({ classes }: { classes: readonly ClassCount[] }) {
  return (
    <span className={styles.strip} aria-hidden>
      {classes.map(({ label, count }) => (
        <span key={label} style={{ flexGrow: count, background: `var(${classColour(label)})` }} />
      ))}
    </span>
  )
}
