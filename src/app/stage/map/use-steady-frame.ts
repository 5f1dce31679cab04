import { useState } from 'react'
import { frameOf, steadyFrame, type Frame } from './geometry'

/** The frame of the points on show; it changes only when they leave it or have become small in it. */
export function useSteadyFrame(points: Float32Array): Frame {
  const [held, setHeld] = useState(() => ({ points, frame: frameOf(points) }))
  if (held.points === points) return held.frame
  const next = { points, frame: steadyFrame(points, held.frame) }
  setHeld(next)
  return next.frame
}
