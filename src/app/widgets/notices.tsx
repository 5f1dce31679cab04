import { usePlayground } from '../playground-context'
import styles from './notices.module.css'

/** The sentences that need an eye, and the one place from which a screen reader hears news. */
export function Notices() {
  const { list, announcement } = usePlayground((state) => state.notices)
  const dismiss = usePlayground((state) => state.dismiss)
  return (
    <>
      <p role="status" className={styles.status}>
        {announcement}
      </p>
      {list.length > 0 && (
        <section className={styles.banner} aria-label="Notices">
          {list.map(({ id, message }) => (
            <div key={id} className={styles.notice}>
              <p>{message}</p>
              <button type="button" aria-label="Dismiss this notice" onClick={() => dismiss(id)}>
                ×
              </button>
            </div>
          ))}
        </section>
      )}
    </>
  )
}
