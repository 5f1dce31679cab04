import { memo, useCallback, useMemo, useRef } from 'react'
import type { Gallery, Snapshot } from '../../../state/pictures'
import { nearestTo, type Prototype } from '../../../state/prototypes'
import { decimal, percent } from '../../format'
import { Canvas, type Draw } from '../../widgets/canvas'
import { paintFromSheet } from '../../widgets/sheet-painter'
import type { PrototypeNames } from '../prototype-names'
import { useOnScreen } from '../use-watch'
import { ClassStrip, Swatch } from './class-strip'
import { PALE } from './gallery-tiles'
import { picturesSize, placeOf, type Layout } from './layout'
import styles from './prototypes.module.css'
import { describe, majorityOf } from './words'

interface Props {
  prototype: Prototype
  snapshot: Snapshot
  gallery: Gallery
  classNames: readonly string[]
  names: PrototypeNames
  layout: Layout
  /** Share that fills the bar of usage. */
  fullUsage: number
  /** Whether Tab comes to it. */
  active: boolean
  onFocus: (index: number) => void
  onOpen: (index: number) => void
}

/** A prototype: its name, how much and how surely it is used, what its members are, and the pictures nearest to it. */
export const PrototypeCard = memo(function PrototypeCard(props: Props) {
  const { prototype, gallery, classNames, names, layout, fullUsage, active, onFocus, onOpen } = props
  const { index, usage, sharpness, classes, members } = prototype
  const { text, mood } = majorityOf(prototype, classNames, names)
  return (
    <li style={{ width: layout.cardWidth }}>
      <button
        type="button"
        id={cardId(index)}
        className={styles.card}
        aria-label={`${describe(prototype, gallery.train.count, classNames, names)}. Show all its pictures`}
        tabIndex={active ? 0 : -1}
        onFocus={() => onFocus(index)}
        onClick={() => onOpen(index)}
      >
        <span className={styles.name} title={names.of(index)}>
          {names.named && index < classNames.length && <Swatch label={index} />}
          {names.of(index)}
        </span>
        <span className={styles.majority} data-mood={mood} title={text}>
          {mood === 'nameless' && <Swatch label={classes[0]!.label} />}
          {text}
        </span>
        <Share value={percent(usage)} share={usage / fullUsage} kind="usage" />
        <Share value={decimal(sharpness)} share={members.length > 0 ? sharpness : 0} kind="sharpness" />
        <ClassStrip classes={classes} />
        <Nearest {...props} />
      </button>
    </li>
  )
})

export function cardId(index: number): string {
  return `prototype-${index}`
}

function Share({ value, share, kind }: { value: string; share: number; kind: 'usage' | 'sharpness' }) {
  return (
    <span
      className={styles.share}
      data-kind={kind}
      title={`${kind} ${value}`}
      style={{ '--share': `${100 * Math.min(1, share)}%` } as React.CSSProperties}
    >
      {value}
    </span>
  )
}

/** The nearest pictures; off screen nothing is drawn. */
function Nearest({ prototype: { index, members }, snapshot, gallery, layout }: Props) {
  const box = useRef<HTMLSpanElement>(null)
  const onScreen = useOnScreen(box, false)
  const size = useMemo(() => picturesSize(layout), [layout])
  const shown = layout.across * layout.down
  const draw = useCallback<Draw>((context, _, colour) => {
    const own = new Set(members)
    nearestTo(snapshot, index, shown).forEach((picture, i) => {
      const { left, top } = placeOf(layout, i)
      context.globalAlpha = own.has(picture) ? 1 : PALE
      paintFromSheet(context, gallery.train, picture, left, top, layout.side, colour)
    })
  }, [snapshot, gallery, members, index, shown, layout])
  return (
    <span ref={box} aria-hidden className={styles.nearest} style={size}>
      {onScreen && <Canvas size={size} draw={draw} label="" />}
    </span>
  )
}
