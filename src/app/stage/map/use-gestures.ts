import { useEffect, useRef, useState, type Dispatch, type PointerEvent, type RefObject, type SetStateAction } from 'react'
import { pointerOn } from '../../widgets/pointer-on'
import type { Size } from '../../widgets/use-size'
import { moved, zoomed, type Spot, type Viewport } from './geometry'

/** A lasso that is shorter than this, in pixels, was a click. */
const SHORTEST = 12
const WHEEL_FACTOR = 1.0015

interface Request {
  plot: RefObject<HTMLElement | null>
  size: Size
  viewport: Viewport
  onViewport: Dispatch<SetStateAction<Viewport>>
  /** A loop that has been drawn. */
  onLasso: (loop: readonly Spot[]) => void
  onClick: (spot: Spot) => void
}

export interface Gestures {
  /** Where the pointer is, while it is on the plot and draws nothing. */
  pointer: Spot | undefined
  /** The loop that is being drawn. */
  lasso: readonly Spot[] | undefined
  handlers: Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onPointerLeave', (event: PointerEvent<HTMLElement>) => void>
}

/**
 * What a hand does on the plot: it points, draws a loop, moves (with Shift, or with two fingers) and looks closer (with
 * the wheel, or with two fingers).
 */
export function useGestures({ plot, size, viewport, onViewport, onLasso, onClick }: Request): Gestures {
  const [pointer, setPointer] = useState<Spot>()
  const [lasso, setLasso] = useState<readonly Spot[]>()
  const down = useRef(new Map<number, Spot>())
  // Several movements may come before one is drawn: none of them may be lost.
  const loop = useRef<Spot[]>(undefined)
  useWheel(plot, (spot, factor) => onViewport((before) => zoomed(before, factor, spot, size)), viewport.zoom)

  function draw(spots: Spot[] | undefined) {
    loop.current = spots
    setLasso(spots)
  }

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    const spot = pointerOn(event.currentTarget, event)
    event.currentTarget.setPointerCapture(event.pointerId)
    down.current.set(event.pointerId, spot)
    setPointer(undefined)
    draw(down.current.size === 1 && !event.shiftKey && event.button === 0 ? [spot] : undefined)
  }

  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const spot = pointerOn(event.currentTarget, event)
    const before = down.current.get(event.pointerId)
    if (!before) return setPointer(spot)
    if (loop.current) return draw([...loop.current, spot])
    down.current.set(event.pointerId, spot)
    const by = { x: spot.x - before.x, y: spot.y - before.y }
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1]
    if (!other) return onViewport((now) => moved(now, by, size))
    const apart = (one: Spot) => Math.max(1, Math.hypot(one.x - other.x, one.y - other.y))
    const middle = { x: (spot.x + other.x) / 2, y: (spot.y + other.y) / 2 }
    const factor = apart(spot) / apart(before)
    onViewport((now) => moved(zoomed(now, factor, middle, size), { x: by.x / 2, y: by.y / 2 }, size))
  }

  function end(event: PointerEvent<HTMLElement>) {
    down.current.delete(event.pointerId)
    draw(undefined)
  }

  function onPointerUp(event: PointerEvent<HTMLElement>) {
    const drawn = loop.current
    const spot = pointerOn(event.currentTarget, event)
    end(event)
    setPointer(spot)
    if (!drawn) return
    if (lengthOf(drawn) < SHORTEST) onClick(spot)
    else onLasso(drawn)
  }

  return {
    pointer, lasso,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: end, onPointerLeave: () => setPointer(undefined) },
  }
}

/** The wheel looks closer; where there is nothing wider to see, it scrolls the page. */
function useWheel(plot: RefObject<HTMLElement | null>, onWheel: (spot: Spot, factor: number) => void, zoom: number): void {
  useEffect(() => {
    const element = plot.current
    if (!element) return
    const listen = (event: WheelEvent) => {
      const factor = WHEEL_FACTOR ** -event.deltaY
      if (factor < 1 && zoom === 1) return
      event.preventDefault()
      onWheel(pointerOn(element, event), factor)
    }
    // React listens passively, which cannot keep the page from scrolling.
    element.addEventListener('wheel', listen, { passive: false })
    return () => element.removeEventListener('wheel', listen)
  })
}

function lengthOf(loop: readonly Spot[]): number {
  return loop.reduce((sum, spot, i) => (i === 0 ? 0 : sum + Math.hypot(spot.x - loop[i - 1]!.x, spot.y - loop[i - 1]!.y)), 0)
}
