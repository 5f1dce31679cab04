import type { Colour } from '../../widgets/canvas'
import { fontOf } from '../../widgets/draw-cells'
import type { Grouping } from './groups'
import { SHAPES, type Marker } from './markers'

/** What the points of a map look like. */
export interface Looks {
  grouping: Grouping
  /** 1 where the learner sees the label, [pictures]. */
  labelled: Uint8Array
  /** The group that stands out, if one does. */
  focus?: number
  chosen: ReadonlySet<number>
  stars: readonly Star[]
  zoom: number
}

/** A prototype, as it is drawn. */
export interface Star {
  name: string
  colour: `--${string}`
}

const STAR = 9
const LETTERS = 11
/** With more stars than this, names would hide the points. */
const MOST_NAMES = 20
const FAINT = 0.16

/** Draws pictures as points and prototypes as stars at places, pictures first, [pictures + prototypes, 2]. */
export function mapPainter(context: CanvasRenderingContext2D, looks: Looks, colour: Colour): (places: Float32Array) => void {
  const radius = (looks.labelled.length > 600 ? 2.7 : 3.6) * Math.min(2, looks.zoom ** 0.35)
  const paint = markerPainter(context, radius, colour)
  return (places) => {
    drawPoints(context, places, looks, paint)
    drawStars(context, places.subarray(2 * looks.labelled.length), looks, colour)
  }
}

type PaintMarker = (marker: Marker, x: number, y: number, ringed: boolean) => void

function drawPoints(context: CanvasRenderingContext2D, places: Float32Array, looks: Looks, paint: PaintMarker): void {
  const { grouping, labelled, focus, chosen } = looks
  const isFaint = (picture: number) => (focus !== undefined && grouping.of[picture] !== focus) || (chosen.size > 0 && !chosen.has(picture))
  // What stands out lies on top.
  for (const faint of [true, false]) {
    context.globalAlpha = faint ? FAINT : 1
    for (let picture = 0; picture < labelled.length; picture++) {
      if (isFaint(picture) !== faint) continue
      const marker = grouping.groups[grouping.of[picture]!]!.marker
      paint(marker, places[2 * picture]!, places[2 * picture + 1]!, labelled[picture] === 1)
    }
  }
  context.globalAlpha = 1
}

/** Paints markers from small canvases that are drawn once each. */
function markerPainter(context: CanvasRenderingContext2D, radius: number, colour: Colour): PaintMarker {
  const scale = context.getTransform().a
  const stamps = new Map<string, HTMLCanvasElement>()
  return ({ colour: name, shape }, x, y, ringed) => {
    const half = Math.ceil(radius * 1.3 + (ringed ? 4 : 1))
    const key = `${name} ${shape} ${ringed}`
    let stamp = stamps.get(key)
    if (!stamp) {
      stamp = stampOf(half, scale)
      const own = stamp.getContext('2d')
      if (own) {
        own.setTransform(scale, 0, 0, scale, half * scale, half * scale)
        if (ringed) drawRing(own, radius, colour)
        own.scale(radius, radius)
        own.fillStyle = colour(name)
        own.strokeStyle = colour('--surface')
        own.lineWidth = 0.7 / radius
        const outline = new Path2D(SHAPES[shape])
        own.fill(outline)
        own.stroke(outline)
      }
      stamps.set(key, stamp)
    }
    context.drawImage(stamp, x - half, y - half, 2 * half, 2 * half)
  }
}

function stampOf(half: number, scale: number): HTMLCanvasElement {
  const stamp = document.createElement('canvas')
  stamp.width = stamp.height = Math.ceil(2 * half * scale)
  return stamp
}

function drawRing(context: CanvasRenderingContext2D, radius: number, colour: Colour): void {
  context.beginPath()
  context.arc(0, 0, radius + 2.2, 0, 2 * Math.PI)
  context.strokeStyle = colour('--amber')
  context.lineWidth = 2.2
  context.stroke()
}

function drawStars(context: CanvasRenderingContext2D, places: Float32Array, { stars }: Looks, colour: Colour): void {
  const named = stars.length <= MOST_NAMES
  const size = named ? STAR : STAR * 0.7
  const outline = new Path2D(SHAPES.star)
  context.lineJoin = 'round'
  stars.forEach((star, k) => {
    const [x, y] = [places[2 * k]!, places[2 * k + 1]!]
    context.save()
    context.translate(x, y)
    context.scale(size, size)
    context.strokeStyle = colour('--surface')
    context.lineWidth = 5 / size
    context.stroke(outline)
    context.strokeStyle = colour('--ink')
    context.lineWidth = 2.4 / size
    context.stroke(outline)
    context.fillStyle = colour(star.colour)
    context.fill(outline)
    context.restore()
  })
  if (named) writeNames(context, places, stars, size, colour)
}

/** Writes each name on the side of its star where it fits on the map and no other name stands, if there is such a side. */
function writeNames(context: CanvasRenderingContext2D, places: Float32Array, stars: readonly Star[], size: number, colour: Colour): void {
  const taken: { x: number; y: number; width: number }[] = []
  const mapWidth = context.canvas.width / context.getTransform().a
  context.font = fontOf(LETTERS, 650)
  context.strokeStyle = colour('--surface')
  context.fillStyle = colour('--ink')
  context.lineWidth = 3
  stars.forEach(({ name }, k) => {
    const [x, y] = [places[2 * k]!, places[2 * k + 1]!]
    const { width } = context.measureText(name)
    const sides = [
      { x: x + size + 3, y: y + 4 }, { x: x - size - 3 - width, y: y + 4 },
      { x: x - width / 2, y: y - size - 4 }, { x: x - width / 2, y: y + size + LETTERS },
    ]
    const isFree = (side: { x: number; y: number }) => side.x >= 0 && side.x + width <= mapWidth && taken.every((other) =>
      Math.abs(other.y - side.y) > LETTERS || side.x > other.x + other.width || side.x + width < other.x)
    const side = sides.find(isFree) ?? sides[0]!
    taken.push({ ...side, width })
    context.strokeText(name, side.x, side.y)
    context.fillText(name, side.x, side.y)
  })
}
