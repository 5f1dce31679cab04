import { useCallback, useMemo, useRef } from 'react'
import type { PictureSheet } from '../../../state/pictures'
import { count } from '../../format'
import { Announcement } from '../../widgets/announcement'
import { Canvas, type Draw } from '../../widgets/canvas'
import { PassingButton } from '../../widgets/passing-button'
import shared from '../../widgets/shared.module.css'
import { paintFromSheet } from '../../widgets/sheet-painter'
import { useSize } from '../../widgets/use-size'
import styles from './map.module.css'

const TILE = 34
const GAP = 3
const MOST = 120
const HINT = 'Draw a loop around points to see their pictures. With keys: arrows walk, Enter takes what is around.'

interface Props {
  sheet: PictureSheet
  pictures: readonly number[]
  /** The chosen ones in words. */
  summary: string
  /** What the person chose; it changes when another choice is made, not when the model says something else of the same one. */
  choice: unknown
  onClear: () => void
}

/** The pictures that were chosen on the map. */
export function ChosenPictures({ sheet, pictures, summary, choice, onClear }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const { width } = useSize(box)
  const columns = Math.max(1, Math.floor((width + GAP) / (TILE + GAP)))
  const shown = useMemo(() => pictures.slice(0, MOST), [pictures])
  const size = useMemo(
    () => ({ width, height: Math.ceil(shown.length / columns) * (TILE + GAP) }),
    [width, shown, columns],
  )
  const draw = useCallback<Draw>(
    (context, _, colour) => shown.forEach((picture, i) =>
      paintFromSheet(context, sheet, picture, (i % columns) * (TILE + GAP), Math.floor(i / columns) * (TILE + GAP), TILE, colour)),
    [sheet, shown, columns],
  )
  const more = pictures.length - shown.length
  const said = pictures.length > 0 ? summary : HINT
  return (
    <section className={styles.chosen} aria-label="Chosen pictures">
      <p className={styles.summary}>
        {said}
        {pictures.length > 0 && <PassingButton className={shared.button} heir={mapBeside} onClick={onClear}>Clear</PassingButton>}
      </p>
      <Announcement text={said} since={choice} />
      <div ref={box} className={styles.tiles} tabIndex={0} role="group" aria-label="Chosen pictures, in rows">
        {shown.length > 0 && width > 0 && <Canvas size={size} draw={draw} label={summary} />}
        {more > 0 && <p>and {count(more)} more</p>}
      </div>
    </section>
  )
}

function mapBeside(button: HTMLElement): HTMLElement | null | undefined {
  return button.closest('[role="tabpanel"]')?.querySelector<HTMLElement>('[role="listbox"]')
}
