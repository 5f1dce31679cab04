import { useCallback, useId, useMemo, useRef, useState, type Dispatch, type KeyboardEvent, type SetStateAction } from 'react'
import type { PictureSheet } from '../../../state/pictures'
import { Canvas, type Draw } from '../../widgets/canvas'
import { paintFromSheet } from '../../widgets/sheet-painter'
import shared from '../../widgets/shared.module.css'
import type { Size } from '../../widgets/use-size'
import type { Looks } from './draw-map'
import {
  moved, nearestPlaces, placeTowards, placesInside, seenThrough, spotOf, WHOLE, zoomed, type Spot, type Viewport,
} from './geometry'
import { MapCanvas } from './map-canvas'
import styles from './map.module.css'
import { useGestures } from './use-gestures'

/** How near the pointer has to be to a point, in pixels. */
const REACH = 12
/** Pictures that a key or a click takes around a point. */
const SURROUNDINGS = 24
const CLOSER = 1.5
const STRIDE = 40
const CARD: Size = { width: 72, height: 72 }
const ARROWS: Readonly<Record<string, Spot>> = {
  ArrowRight: { x: 1, y: 0 }, ArrowLeft: { x: -1, y: 0 }, ArrowDown: { x: 0, y: 1 }, ArrowUp: { x: 0, y: -1 },
}

interface Props {
  /** Where pictures, then prototypes stand on the whole plot. */
  places: Float32Array
  size: Size
  looks: Omit<Looks, 'zoom'>
  sheet: PictureSheet
  viewport: Viewport
  glide: number
  /** The map in words. */
  label: string
  sentenceOf: (picture: number) => string
  onViewport: Dispatch<SetStateAction<Viewport>>
  onChoose: (pictures: readonly number[]) => void
}

/**
 * The points of a map under a hand or under keys: pointing shows a picture, a loop or Enter chooses some, the wheel or
 * + and − look closer. A screen reader meets a list of which the picture at hand is there.
 */
export function MapPlot({ places, size, looks, sheet, viewport, glide, label, sentenceOf, onViewport, onChoose }: Props) {
  const plot = useRef<HTMLDivElement>(null)
  const id = useId()
  const pictures = sheet.count
  const [walked, setWalked] = useState(0)
  const [hasFocus, setHasFocus] = useState(false)
  const active = Math.min(walked, pictures - 1)
  const seen = useMemo(() => seenThrough(viewport, size, places), [viewport, size, places])
  const { pointer, lasso, handlers } = useGestures({
    plot, size, viewport, onViewport,
    onLasso: (loop) => onChoose(placesInside(seen, pictures, loop)),
    onClick(spot) {
      const [nearest] = nearestPlaces(seen, pictures, spot, 1, REACH)
      if (nearest === undefined) return onChoose([])
      setWalked(nearest)
      onChoose(surroundings(nearest))
    },
  })
  const zoomedLooks = useMemo(() => ({ ...looks, zoom: viewport.zoom }), [looks, viewport.zoom])
  const hovered = pointer && nearestPlaces(seen, pictures, pointer, 1, REACH)[0]
  const pointed = hovered ?? (hasFocus && !lasso ? active : undefined)

  function surroundings(picture: number): number[] {
    return nearestPlaces(seen, pictures, spotOf(seen, picture), SURROUNDINGS)
  }

  function obey(event: KeyboardEvent): boolean {
    const arrow = ARROWS[event.key]
    const middle = spotOf(seen, active)
    if (arrow && event.shiftKey) onViewport(moved(viewport, { x: -STRIDE * arrow.x, y: -STRIDE * arrow.y }, size))
    else if (arrow) setWalked(placeTowards(seen, pictures, active, arrow))
    else if (event.key === 'Enter' || event.key === ' ') onChoose(surroundings(active))
    else if (event.key === 'Escape') onChoose([])
    else if (event.key === '+' || event.key === '=') onViewport(zoomed(viewport, CLOSER, middle, size))
    else if (event.key === '-') onViewport(zoomed(viewport, 1 / CLOSER, middle, size))
    else if (event.key === 'Home') onViewport(WHOLE)
    else return false
    return true
  }

  return (
    <>
      <MapCanvas {...{ places, size, viewport, glide, label }} looks={zoomedLooks} />
      <div
        ref={plot}
        className={styles.hand}
        data-closer={viewport.zoom > 1 || undefined}
        role="listbox"
        tabIndex={0}
        aria-label="Pictures on the map"
        aria-multiselectable
        aria-activedescendant={`${id}-active`}
        onFocus={(event) => setHasFocus(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setHasFocus(false)}
        onKeyDown={(event) => {
          setHasFocus(true)
          if (!obey(event)) return
          event.preventDefault()
          // Space belongs to the map here, not to the run.
          event.stopPropagation()
        }}
        {...handlers}
      >
        <svg className={styles.overlay} aria-hidden>
          {lasso && <path className={styles.lasso} d={`M${lasso.map(({ x, y }) => `${x} ${y}`).join('L')}`} />}
          {pointed !== undefined && <circle className={styles.pointed} cx={seen[2 * pointed]} cy={seen[2 * pointed + 1]} r={8} />}
        </svg>
        <div
          id={`${id}-active`}
          role="option"
          className={shared.hidden}
          aria-selected={looks.chosen.has(active)}
          aria-setsize={pictures}
          aria-posinset={active + 1}
        >
          {sentenceOf(active)}
        </div>
        {pointed !== undefined && <Card {...{ sheet, size }} picture={pointed} at={spotOf(seen, pointed)} text={sentenceOf(pointed)} />}
      </div>
    </>
  )
}

/** The picture of a point, beside it. */
function Card({ sheet, picture, at, text, size }: { sheet: PictureSheet; picture: number; at: Spot; text: string; size: Size }) {
  const draw = useCallback<Draw>((context, { width }, colour) => paintFromSheet(context, sheet, picture, 0, 0, width, colour), [sheet, picture])
  return (
    <div
      className={styles.card}
      aria-hidden
      style={{
        ...(at.x > size.width / 2 ? { right: size.width - at.x + 14 } : { left: at.x + 14 }),
        ...(at.y > size.height / 2 ? { bottom: Math.max(0, size.height - at.y - 10) } : { top: Math.max(0, at.y - 10) }),
      }}
    >
      <Canvas size={CARD} draw={draw} label="" />
      <p>{text}</p>
    </div>
  )
}
