import { useSyncExternalStore } from 'react'
import { HELP_ID } from '../help-popover'
import { letterKeys } from '../letter-keys'
import { SHORTCUTS } from '../shortcuts'
import shared from '../widgets/shared.module.css'
import styles from './top-bar.module.css'

const CHART_KEYS = [
  ['← →', 'Move the cursor, with its values'],
  ['+ −', 'Zoom in and out around it'],
  ['Esc', 'Show the whole run'],
] as const

/** What the page is, and its keys. */
export function Help() {
  return (
    <>
      <button type="button" className={styles.icon} popoverTarget={HELP_ID} aria-label="Help and keys" title="Help and keys (?)">
        ?
      </button>
      <div id={HELP_ID} popover="auto" tabIndex={-1} role="region" className={shared.popover} aria-label="Help and keys">
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
        <LetterSwitch />
        <h2 className={shared.eyebrow}>In a chart</h2>
        <dl className={styles.keys}>
          {CHART_KEYS.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.reason}>
          Drag over a chart to zoom, double click to see the whole run. A double click on a slider sets it back to its
          default.
        </p>
      </div>
    </>
  )
}

/** Single keys can be hit by chance or by dictation: they can be switched off, all but Space. */
function LetterSwitch() {
  const on = useSyncExternalStore(letterKeys.subscribe, letterKeys.areOn)
  return (
    <label className={styles.letters}>
      <input type="checkbox" checked={on} onChange={(event) => letterKeys.turn(event.target.checked)} />
      Letters, digits and ? are shortcuts
    </label>
  )
}
