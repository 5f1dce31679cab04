import { useCallback, useMemo } from 'react'
import { percent } from '../format'
import { Canvas, type Draw } from '../widgets/canvas'
import { layOutColumns } from './columns'
import { usePrototypeNames, type PrototypeNames } from './prototype-names'

export const USAGE_HEIGHT = 64
const FOOT = 4
const HEAD = 12

/** Share of the batch’s predictions that each prototype wins, as bars over the heat map’s columns. */
export function UsageBars({ usage, width }: { usage: Float32Array; width: number }) {
  const names = usePrototypeNames()
  const size = useMemo(() => ({ width, height: USAGE_HEIGHT }), [width])
  const draw = useCallback<Draw>(
    (context, { height }, colour) => {
      const columns = layOutColumns(width, usage.length)
      const even = 1 / usage.length
      const highest = Math.max(2 * even, ...usage)
      const heightOf = (share: number) => (share / highest) * (height - FOOT - HEAD)
      context.font = `11px ${getComputedStyle(document.documentElement).fontFamily}`
      usage.forEach((share, prototype) => {
        const left = columns.left + prototype * columns.width
        const bar = Math.max(1, heightOf(share))
        context.globalAlpha = share < even / 4 ? 0.45 : 1
        context.fillStyle = colour('--accent')
        context.beginPath()
        context.roundRect(left, height - FOOT - bar, columns.width - columns.gap, bar, [3, 3, 0, 0])
        context.fill()
        context.globalAlpha = 1
      })
      drawEvenShare(context, columns.left, width, height - FOOT - heightOf(even), colour('--ink'))
      context.fillStyle = colour('--muted')
      context.strokeStyle = colour('--paper')
      context.lineWidth = 3
      if (columns.width >= 34) usage.forEach(drawShare)
      context.fillText(`1/${usage.length}`, 4, height - FOOT - heightOf(even) + 4)

      /** Ink on a rim of paper: the line of even shares does not run through the words. */
      function drawShare(share: number, prototype: number) {
        const text = `${Math.round(share * 100)} %`
        const left = columns.left + prototype * columns.width + 2
        const top = height - FOOT - Math.max(1, heightOf(share)) - 3
        context.strokeText(text, left, top)
        context.fillText(text, left, top)
      }
    },
    [usage, width],
  )
  return <Canvas size={size} draw={draw} label={describe(usage, names)} />
}

function drawEvenShare(context: CanvasRenderingContext2D, left: number, right: number, y: number, ink: string) {
  context.strokeStyle = ink
  context.globalAlpha = 0.55
  context.setLineDash([2, 3])
  context.beginPath()
  context.moveTo(left - 8, y)
  context.lineTo(right, y)
  context.stroke()
  context.setLineDash([])
  context.globalAlpha = 1
}

function describe(usage: Float32Array, names: PrototypeNames): string {
  const order = [...usage.keys()].toSorted((a, b) => (usage[b] ?? 0) - (usage[a] ?? 0))
  const most = order[0] ?? 0
  const least = order.at(-1) ?? 0
  const say = (prototype: number) => `${names.of(prototype)} with ${percent(usage[prototype])}`
  return `Use of the ${usage.length} prototypes: most ${say(most)}, least ${say(least)}.`
}
