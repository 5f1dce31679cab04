import { count, megabytes } from '../format'
import { usePlayground } from '../playground-context'
import styles from './picture-sources.module.css'

/** The sets on this machine’s disk, each with its size and ways to use or delete it. */
export function KeptPictures() {
  const kept = usePlayground((state) => state.kept)
  const dataset = usePlayground((state) => state.form.dataset)
  const setField = usePlayground((state) => state.setField)
  const forget = usePlayground((state) => state.forgetKept)
  if (kept.length === 0) return null
  const bytes = kept.reduce((sum, set) => sum + set.bytes, 0)
  return (
    <details className={styles.kept}>
      <summary>
        Kept on this device <span className={styles.size}>{megabytes(bytes)}</span>
      </summary>
      <ul aria-label="Kept pictures">
        {kept.map((set) => (
          <li key={set.dataset}>
            <span className={styles.name} title={set.name}>
              {set.name}
            </span>
            <span className={styles.size}>
              {count(set.pictures)}, {megabytes(set.bytes)}
            </span>
            <button type="button" className={styles.small} disabled={set.dataset === dataset} aria-label={`Use ${set.name}`} onClick={() => setField('dataset', set.dataset)}>
              Use
            </button>
            <button type="button" className={styles.small} aria-label={`Delete ${set.name}`} onClick={() => forget(set.dataset)}>
              Delete
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
