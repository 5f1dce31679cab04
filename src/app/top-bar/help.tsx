import { SHORTCUTS } from '../shortcuts'
import shared from '../widgets/shared.module.css'
import styles from './top-bar.module.css'

/** What the page is, and its keys. */
export function Help() {
  return (
    <>
      <button type="button" className={styles.icon} popoverTarget="help" aria-label="Help and keys" title="Help and keys">
        ?
      </button>
      <div id="help" popover="auto" className={shared.popover} aria-label="Help and keys">
        <h2 className={shared.eyebrow}>What this is</h2>
        <p className={styles.reason}>
          A network learns here, on your own machine, from many pictures of which a few carry a label. Suave and Daino
          sort all of them into prototypes, one for each class, and let the labels name these. Sliders marked “live” act
          on the very next step. The address of the page is a link to its settings.
        </p>
        <h2 className={shared.eyebrow}>Keys</h2>
        <dl className={styles.keys}>
          {SHORTCUTS.map(({ key, name, meaning }) => (
            <div key={key}>
              <dt>
                <kbd>{name}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.reason}>A double click on a slider sets it back to its default.</p>
      </div>
    </>
  )
}
