import { useEffect, useRef, type PointerEventHandler } from 'react'
import { usePlayground } from '../playground-context'
import type { Size } from './use-size'

/** The page’s colours, for drawing: `colour('--ink')`. */
export type Colour = (property: `--${string}`) => string
/** Draws a picture of `size` CSS pixels; the canvas is clear. */
export type Draw = (context: CanvasRenderingContext2D, size: Size, colour: Colour) => void

/** The projector mode’s magnification, as theme.css has it. */
export const MAGNIFIED = 1.25

interface Props {
  size: Size
  draw: Draw
  /** What is in the picture, for those who do not see it. */
  label: string
  onPointerMove?: PointerEventHandler<HTMLCanvasElement>
  onPointerLeave?: PointerEventHandler<HTMLCanvasElement>
}

/** A canvas at the screen’s resolution that draws again when `draw`, its size or the theme changes. */
export function Canvas({ size, draw, label, ...pointer }: Props) {
  const ref = useRef<HTMLCanvasElement>(null)
  const theme = usePlayground((state) => state.theme)
  const projector = usePlayground((state) => state.projector)
  const accent = usePlayground((state) => state.form.method)
  useEffect(() => {
    const canvas = ref.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    const scale = (window.devicePixelRatio || 1) * (projector ? MAGNIFIED : 1)
    canvas.width = Math.round(size.width * scale)
    canvas.height = Math.round(size.height * scale)
    context.scale(scale, scale)
    const style = getComputedStyle(canvas)
    draw(context, size, (property) => style.getPropertyValue(property).trim())
  }, [size, draw, theme, accent, projector])
  return (
    <canvas
      ref={ref}
      role="img"
      aria-label={label}
      style={{ display: 'block', width: size.width, height: size.height }}
      {...pointer}
    />
  )
}
