import shared from '../../widgets/shared.module.css'
import type { Size } from '../../widgets/use-size'
import { WHOLE, zoomed, type Viewport } from './geometry'
import styles from './map.module.css'

const FACTOR = 1.5

interface Props {
  viewport: Viewport
  size: Size
  onViewport: (viewport: Viewport) => void
}

/** Looks closer and further, about the middle of the plot. */
export function ZoomButtons({ viewport, size, onViewport }: Props) {
  const middle = { x: size.width / 2, y: size.height / 2 }
  const whole = viewport.zoom === 1
  return (
    <div className={styles.zoom} role="group" aria-label="Zoom">
      <button type="button" className={shared.icon} aria-label="Look closer" onClick={() => onViewport(zoomed(viewport, FACTOR, middle, size))}>+</button>
      <button type="button" className={shared.icon} aria-label="Look from further away" disabled={whole} onClick={() => onViewport(zoomed(viewport, 1 / FACTOR, middle, size))}>−</button>
      <button type="button" className={shared.button} disabled={whole} onClick={() => onViewport(WHOLE)}>Whole</button>
    </div>
  )
}
