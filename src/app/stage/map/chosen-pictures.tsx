import { useCallback, useMemo, useRef } from 'react'
import type { PictureSheet } from '../../../state/pictures'
import { count } from '../../format'
import { Canvas, type Draw } from '../../widgets/canvas'
import shared from '../../widgets/shared.module.css'
import { paintFromSheet } from '../../widgets/sheet-painter'
import { useSize } from '../../widgets/use-size'
import styles from './map.module.css'

const TILE = 34
const GAP = 3
const MOST = 120

interface Props {
  sheet: PictureSheet
  pictures: readonly number[]
  /** The chosen ones in words. */
  summary: string
  onClear: () => void
}

/** The pictures that were chosen on the map. */
export function ChosenPictures({ sheet, pictures, summary, onClear }: Props) {
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
  return (
    <section className={styles.chosen} aria-label="Chosen pictures">
      <p className={styles.summary} aria-live="polite">
        {pictures.length > 0 ? summary : 'Draw a loop around points to see their pictures. With keys: arrows walk, Enter takes what is around.'}
        {pictures.length > 0 && <button type="button" className={shared.button} onClick={onClear}>Clear</button>}
      </p>
      <div ref={box} className={styles.tiles} tabIndex={0} role="group" aria-label="Chosen pictures, in rows">
        {shown.length > 0 && width > 0 && <Canvas size={size} draw={draw} label={summary} />}
        {more > 0 && <p>and {count(more)} more</p>}
      </div>
    </section>
  )
}
