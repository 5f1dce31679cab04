import type { ReactNode } from 'react'
import { ROOM, type Frame } from './frame'

/** Shows of what it holds only what lies between the axes: an inner picture with the places of the outer one. */
export function PlotArea({ frame: { size }, children }: { frame: Frame; children: ReactNode }) {
  // A line along the edge shows in its full width.
  const left = ROOM.left - 1
  const width = Math.max(0, size.width - ROOM.right + 1 - left)
  const height = Math.max(0, size.height - ROOM.bottom + 1)
  return <svg x={left} y={0} width={width} height={height} viewBox={`${left} 0 ${width} ${height}`}>{children}</svg>
}
