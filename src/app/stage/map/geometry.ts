import type { Size } from '../../widgets/use-size'

/** A place on the plot, in CSS pixels. */
export interface Spot {
  x: number
  y: number
}

/** The part of the plane that is on show: its middle, and half its width and height. */
export interface Frame {
  x: number
  y: number
  halfWidth: number
  halfHeight: number
}

/** How the plot is looked at: magnified, and moved by so many pixels of the whole plot. */
export interface Viewport extends Spot {
  zoom: number
}

export const WHOLE: Viewport = { zoom: 1, x: 0, y: 0 }
const GREATEST_ZOOM = 40
/** Room at the edges for markers and names. */
const PADDING = 22
/** A frame is kept as long as the points fill this much of it. */
const FILLED = 0.6

/** The frame around all points, [points, 2]; what is no number is left out. */
export function frameOf(points: Float32Array): Frame {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let at = 0; at < points.length; at += 2) {
    const [x, y] = [points[at]!, points[at + 1]!]
    if (x < left) left = x
    if (x > right) right = x
    if (y < low) low = y
    if (y > high) high = y
  }
  if (!(left <= right && low <= high)) return { x: 0, y: 0, halfWidth: 1, halfHeight: 1 }
  const atLeast = 1e-6
  return {
    x: (left + right) / 2, y: (low + high) / 2,
    halfWidth: Math.max(atLeast, (right - left) / 2), halfHeight: Math.max(atLeast, (high - low) / 2),
  }
}

/** The frame of before, unless the points leave it or have become small in it: a map should not breathe. */
export function steadyFrame(points: Float32Array, before: Frame): Frame {
  const tight = frameOf(points)
  const reaches = (axis: 'x' | 'y', half: 'halfWidth' | 'halfHeight') => (Math.abs(tight[axis] - before[axis]) + tight[half]) / before[half]
  const [across, up] = [reaches('x', 'halfWidth'), reaches('y', 'halfHeight')]
  return across <= 1 && up <= 1 && Math.max(across, up) >= FILLED ? before : tight
}

/** Points on the whole plot, in pixels, at the same scale in both directions; y points upwards. */
export function onPlot(points: Float32Array, frame: Frame, { width, height }: Size): Float32Array {
  const scale = Math.max(0, Math.min((width / 2 - PADDING) / frame.halfWidth, (height / 2 - PADDING) / frame.halfHeight))
  return points.map((value, at) =>
    at % 2 === 0 ? width / 2 + (value - frame.x) * scale : height / 2 - (value - frame.y) * scale)
}

/** Places of the whole plot as the viewport shows them. */
export function seenThrough({ zoom, x, y }: Viewport, { width, height }: Size, places: Float32Array): Float32Array {
  return places.map((value, at) =>
    at % 2 === 0 ? width / 2 + (value - width / 2 - x) * zoom : height / 2 + (value - height / 2 - y) * zoom)
}

/** Magnifies by a factor; what is at `spot` stays there. */
export function zoomed(viewport: Viewport, factor: number, spot: Spot, size: Size): Viewport {
  const zoom = Math.min(GREATEST_ZOOM, Math.max(1, viewport.zoom * factor))
  const kept = (at: number, middle: number, offset: number) => offset + (at - middle) * (1 / viewport.zoom - 1 / zoom)
  return within({ zoom, x: kept(spot.x, size.width / 2, viewport.x), y: kept(spot.y, size.height / 2, viewport.y) }, size)
}

/** Moves what is on show by so many pixels. */
export function moved(viewport: Viewport, by: Spot, size: Size): Viewport {
  return within({ ...viewport, x: viewport.x - by.x / viewport.zoom, y: viewport.y - by.y / viewport.zoom }, size)
}

/** No further than to the edges of the whole plot. */
function within({ zoom, x, y }: Viewport, { width, height }: Size): Viewport {
  const clamp = (offset: number, length: number) => {
    const most = (length / 2) * (1 - 1 / zoom)
    return Math.min(most, Math.max(-most, offset))
  }
  return { zoom, x: clamp(x, width), y: clamp(y, height) }
}

/** Whether a spot lies inside a polygon, however it winds (even-odd rule). */
export function isInside({ x, y }: Spot, polygon: readonly Spot[]): boolean {
  let inside = false
  polygon.forEach((corner, i) => {
    const last = polygon[(i + polygon.length - 1) % polygon.length]!
    if (corner.y > y === last.y > y) return
    if (x < corner.x + ((y - corner.y) / (last.y - corner.y)) * (last.x - corner.x)) inside = !inside
  })
  return inside
}

/** Indices of the first `count` places that lie inside a polygon. */
export function placesInside(places: Float32Array, count: number, polygon: readonly Spot[]): number[] {
  return Array.from({ length: count }, (_, i) => i).filter((i) => isInside(spotOf(places, i), polygon))
}

/** The `most` of the first `count` places that are nearest to a spot, nearest first, none further than `reach` pixels. */
export function nearestPlaces(places: Float32Array, count: number, { x, y }: Spot, most: number, reach = Infinity): number[] {
  const distances = Float64Array.from({ length: count }, (_, i) => Math.hypot(places[2 * i]! - x, places[2 * i + 1]! - y))
  return [...distances.keys()].filter((i) => distances[i]! <= reach).sort((a, b) => distances[a]! - distances[b]!).slice(0, most)
}

/** The place of the first `count` that an arrow key leads to: the nearest one ahead, those aside counted further. */
export function placeTowards(places: Float32Array, count: number, from: number, { x: dx, y: dy }: Spot): number {
  const origin = spotOf(places, from)
  let [best, least] = [from, Infinity]
  for (let i = 0; i < count; i++) {
    const [x, y] = [places[2 * i]! - origin.x, places[2 * i + 1]! - origin.y]
    const ahead = x * dx + y * dy
    const aside = Math.abs(x * dy - y * dx)
    if (i === from || ahead <= 0 || aside > 2 * ahead) continue
    const length = ahead + 2 * aside
    if (length < least) [best, least] = [i, length]
  }
  return best
}

export function spotOf(places: Float32Array, index: number): Spot {
  return { x: places[2 * index]!, y: places[2 * index + 1]! }
}
