import { usePlayground } from '../playground-context'
import styles from './notices.module.css'
import { PassingButton } from './passing-button'

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
              <PassingButton aria-label="Dismiss this notice" heir={neighbourOf} onClick={() => dismiss(id)}>
                ×
              </PassingButton>
            </div>
          ))}
        </section>
      )}
    </>
  )
}

/** The next notice’s button, or the one before; without another notice the stage’s chosen tab, which stands below. */
function neighbourOf(button: HTMLElement): HTMLElement | null | undefined {
  const notice = button.parentElement
  const other = notice?.nextElementSibling ?? notice?.previousElementSibling
  return other?.querySelector('button') ?? document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')
}
