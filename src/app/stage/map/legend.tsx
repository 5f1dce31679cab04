import { count } from '../../format'
import type { Group } from './groups'
import styles from './map.module.css'
import { SHAPES, type Marker } from './markers'

/** Groups on the list at most, the largest ones. */
const MOST = 100

interface Props {
  groups: readonly Group[]
  focus: number | undefined
  onFocus: (group: number | undefined) => void
}

/** What the markers stand for; a press lets one group stand out and shows its pictures. */
export function Legend({ groups, focus, onFocus }: Props) {
  const all = groups.map((group, index) => ({ group, index })).filter(({ group }) => group.members > 0)
  const shown = all.toSorted((a, b) => b.group.members - a.group.members).slice(0, MOST).toSorted((a, b) => a.index - b.index)
  return (
    <ul className={styles.legend} aria-label="What the colours mean" tabIndex={0}>
      {shown.map(({ group: { name, marker, members }, index }) => (
        <li key={index}>
          <button type="button" aria-pressed={focus === index} onClick={() => onFocus(focus === index ? undefined : index)}>
            <Swatch marker={marker} />
            <span>{name}</span>
            <small>{count(members)}</small>
          </button>
        </li>
      ))}
    </ul>
  )
}

function Swatch({ marker: { colour, shape } }: { marker: Marker }) {
  return (
    <svg viewBox="-1.4 -1.4 2.8 2.8" aria-hidden>
      <path d={SHAPES[shape]} fill={`var(${colour})`} />
    </svg>
  )
}
