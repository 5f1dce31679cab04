import { useEffect, useRef } from 'react'
import { usePlayground } from '../playground-context'
import type { Size } from './use-size'

/** The page’s colours, for drawing: `colour('--ink')`. */
export type Colour = (property: `--${string}`) => string
/** Draws a picture of `size` CSS pixels; the canvas is clear. */
export type Draw = (context: CanvasRenderingContext2D, size: Size, colour: Colour) => void

/** The projector mode’s magnification, as theme.css has it. */
const MAGNIFIED = 1.25

/** Makes a canvas clear and as fine as the screen, to be drawn on in CSS pixels; undefined where it is not there yet. */
export function clearCanvas(
  canvas: HTMLCanvasElement | null, size: Size, projector: boolean,
): { context: CanvasRenderingContext2D; colour: Colour } | undefined {
  const context = canvas?.getContext('2d')
  if (!canvas || !context) return undefined
  const scale = (window.devicePixelRatio || 1) * (projector ? MAGNIFIED : 1)
  canvas.width = Math.round(size.width * scale)
  canvas.height = Math.round(size.height * scale)
  context.scale(scale, scale)
  const style = getComputedStyle(canvas)
  return { context, colour: (property) => style.getPropertyValue(property).trim() }
}

interface Props {
  size: Size
  draw: Draw
  /** What is in the picture, for those who do not see it. */
  label: string
}

/** A canvas at the screen’s resolution that draws again when `draw`, its size or the theme changes. */
export function Canvas({ size, draw, label }: Props) {
  const ref = useRef<HTMLCanvasElement>(null)
  const theme = usePlayground((state) => state.theme)
  const projector = usePlayground((state) => state.projector)
  const formAccent = usePlayground((state) => state.form.method)
  const runAccent = usePlayground((state) => state.run.recipe?.method)
  useEffect(() => {
    const ready = clearCanvas(ref.current, size, projector)
    if (ready) draw(ready.context, size, ready.colour)
  }, [size, draw, theme, formAccent, runAccent, projector])
  return (
    <canvas
      ref={ref}
      role="img"
      aria-label={label}
      style={{ display: 'block', width: size.width, height: size.height }}
    />
  )
}
