import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { Prototype } from '../../../state/prototypes'
import { walk } from '../../widgets/tile-grid/grid-layout'
import { useSize } from '../../widgets/use-size'
import type { PrototypeNames } from '../prototype-names'
import { GAP, layOut } from './layout'
import { cardId, PrototypeCard } from './prototype-card'
import styles from './prototypes.module.css'
import type { Survey } from './use-survey'
import { majorityOf } from './words'

/** Rows of cards that a page key leaps over. */
const PAGE_ROWS = 3

interface Props {
  survey: Survey
  /** The prototypes to show, in their order. */
  shown: readonly Prototype[]
  classNames: readonly string[]
  names: PrototypeNames
  /** The prototype whose pictures were open: its card takes the focus. */
  cameFrom?: number
  onOpen: (index: number) => void
}

/** A card for each prototype. Arrow keys walk from one to the next, Enter opens its pictures. */
export function PrototypeCards({ survey: { snapshot, gallery }, shown, classNames, names, cameFrom, onOpen }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const layout = useMemo(() => layOut(size, shown.length), [size, shown.length])
  const fullUsage = Math.max(2 / snapshot.prototypes, ...shown.map(({ usage }) => usage))
  const someMostly = shown.some((prototype) => majorityOf(prototype, classNames, names).text.startsWith('mostly'))
  const [chosen, setChosen] = useState(cameFrom)
  const active = shown.some(({ index }) => index === chosen) ? chosen : shown[0]?.index

  const ready = size.width > 0
  useEffect(() => {
    if (ready && cameFrom !== undefined) document.getElementById(cardId(cameFrom))?.focus()
  }, [ready, cameFrom])

  function onKeyDown(event: KeyboardEvent) {
    const from = shown.findIndex(({ index }) => event.target instanceof Element && event.target.id === cardId(index))
    const next = walk(event.key, from, { columns: layout.columns, count: shown.length, page: PAGE_ROWS })
    if (next === undefined) return
    event.preventDefault()
    document.getElementById(cardId(shown[next]!.index))?.focus()
  }

  return (
    <div ref={box} className={styles.cards}>
      {ready && (
        <ul aria-label={`${shown.length} prototypes`} data-tall={layout.narrow && someMostly} style={{ gap: GAP }} onKeyDown={onKeyDown}>
          {shown.map((prototype) => (
            <PrototypeCard
              key={prototype.index}
              {...{ prototype, snapshot, gallery, classNames, names, layout, fullUsage }}
              active={prototype.index === active}
              onFocus={setChosen}
              onOpen={onOpen}
            />
          ))}
        </ul>
      )}
    </div>
  )
}
