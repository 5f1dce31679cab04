import { useEffect, useRef } from 'react'
import { usePlayground } from '../../playground-context'
import { clearCanvas } from '../../widgets/canvas'
import type { Size } from '../../widgets/use-size'
import { mapPainter, type Looks } from './draw-map'
import { seenThrough, type Viewport } from './geometry'

interface Props {
  /** Where points are on the whole plot. */
  places: Float32Array
  size: Size
  viewport: Viewport
  looks: Looks
  /** For how long points are under way to new places, in milliseconds. */
  glide: number
  label: string
}

/** The points of a map, which glide to where they belong. Frames are drawn outside React. */
export function MapCanvas({ places, size, viewport, looks, glide, label }: Props) {
  const ref = useRef<HTMLCanvasElement>(null)
  const shown = useRef<Float32Array>(undefined)
  const theme = usePlayground((state) => state.theme)
  const projector = usePlayground((state) => state.projector)
  useEffect(() => {
    const ready = clearCanvas(ref.current, size, projector)
    if (!ready) return
    const { context, colour } = ready
    const draw = mapPainter(context, looks, colour)
    const from = shown.current
    const still = from === places || from?.length !== places.length || glide === 0 || matchMedia('(prefers-reduced-motion: reduce)').matches
    const began = performance.now()
    let request = 0

    function paint(now: number) {
      const share = still ? 1 : Math.min(1, Math.max(0, (now - began) / glide))
      const at = share === 1 || !from ? places : between(from, places, share)
      shown.current = at
      context.clearRect(0, 0, size.width, size.height)
      draw(seenThrough(viewport, size, at))
      if (share < 1) request = requestAnimationFrame(paint)
    }

    paint(began)
    return () => cancelAnimationFrame(request)
  }, [places, size, viewport, looks, glide, theme, projector])
  return <canvas ref={ref} role="img" aria-label={label} style={{ display: 'block', width: size.width, height: size.height }} />
}

/** Slow at both ends. */
function between(from: Float32Array, to: Float32Array, share: number): Float32Array {
  const eased = share * share * (3 - 2 * share)
  return to.map((value, at) => from[at]! + (value - from[at]!) * eased)
}
