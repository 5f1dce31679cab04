import { useId, useState } from 'react'
import { joinNames, splitNames } from '../../recipe/class-choice'
import type { TextField } from '../../recipe/field'
import { usePlayground } from '../playground-context'
import styles from './class-choice-control.module.css'

/** A search only helps where the list does not fit on the screen. */
const SEARCH_FROM = 12
const FEWEST = 2
/** What the data panel offers before the pictures are there. */
const NONE: readonly string[] = []

/** Which classes take part: a folded list with a tick for each, and a search where there are many. */
export function ClassChoiceControl({ field }: { field: TextField }) {
  const text = usePlayground((state) => state.form.classes)
  const offered = usePlayground((state) => state.dataset?.choosable ?? NONE)
  const setField = usePlayground((state) => state.setField)
  const [search, setSearch] = useState('')
  const id = useId()
  const named = splitNames(text)
  const chosen = new Set(named.length === 0 ? offered : named)
  const all = offered.length > 0 && offered.every((name) => chosen.has(name))
  const shown = offered.filter((name) => name.toLowerCase().includes(search.trim().toLowerCase()))

  function choose(names: Iterable<string>) {
    const wanted = new Set(names)
    const ordered = offered.filter((name) => wanted.has(name))
    setField('classes', ordered.length === offered.length ? '' : joinNames(ordered))
  }
  function toggle(name: string) {
    const next = new Set(chosen)
    if (!next.delete(name)) next.add(name)
    choose(next)
  }

  return (
    <fieldset className={styles.classes} aria-describedby={`${id}-explanation`}>
      <legend className={styles.hidden}>{field.label}</legend>
      <details>
        <summary title={field.explanation}>
          <span>{field.label}</span>
          <span className={styles.names}>{all || named.length === 0 ? field.empty : `${named.length} of ${offered.length}: ${named.join(', ')}`}</span>
        </summary>
        <p id={`${id}-explanation`} className={styles.explanation}>
          {field.explanation}
        </p>
        <div className={styles.tools}>
          {offered.length >= SEARCH_FROM && (
            <input
              type="search"
              aria-label="Find a class"
              placeholder="Find a class"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          )}
          <button type="button" className={styles.tool} disabled={all} onClick={() => choose(offered)}>
            All
          </button>
          <button type="button" className={styles.tool} disabled={shown.length < FEWEST || shown.length === offered.length} onClick={() => choose(shown)}>
            Only found
          </button>
        </div>
        <ul className={styles.list} aria-label="Classes to learn">
          {shown.map((name) => (
            <li key={name}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.has(name)}
                  disabled={chosen.has(name) && chosen.size <= FEWEST}
                  onChange={() => toggle(name)}
                />
                <span>{name}</span>
              </label>
            </li>
          ))}
        </ul>
        {shown.length === 0 && <p className={styles.explanation}>No class is called so.</p>}
      </details>
    </fieldset>
  )
}
