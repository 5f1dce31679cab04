import type { Columns } from '../../state/decimate'
import type { ColumnName } from '../../state/series'
import { smooth } from '../../state/smooth'
import { isSmoothed } from './content'
import { ROOM, xOf, yOf, type Frame } from './frame'
import type { ChartDescription, ChartLine } from './lines'
import type { Flag } from './marks'
import { linearAxis, logAxis, shareAxis, shareTick, stepTicks, valueTick } from './ticks'

export interface Picture {
  descriptions: readonly ChartDescription[]
  /** All readings: none is left out. */
  columns: Columns<ColumnName>
  flags: readonly Flag[]
  smoothing: number
  log: boolean
  /** Of a colour of the page, “var(--ink)”, the value that a file can name. */
  colour: (name: string) => string
}

const CHART = { width: 640, height: 360 }
const CAPTION = 34

/** The charts side by side as an SVG file, every reading a point. */
export function pictureOf(picture: Picture): { svg: string; width: number; height: number } {
  const { descriptions, colour } = picture
  const width = CHART.width * descriptions.length
  const height = CHART.height + CAPTION
  const charts = descriptions.map((description, index) =>
    `<g transform="translate(${index * CHART.width} ${CAPTION})">${chartOf(description, picture)}</g>`)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="system-ui, sans-serif" font-size="12" fill="${colour('var(--muted)')}">` +
    `<rect width="${width}" height="${height}" fill="${colour('var(--surface)')}"/>${charts.join('')}</svg>`
  return { svg, width, height }
}

function chartOf(description: ChartDescription, { columns, flags, smoothing, log, colour }: Picture): string {
  const { title, lines, unit } = description
  const frame = frameOf(description, columns, log)
  const { axis, range } = frame
  const right = CHART.width - ROOM.right
  const foot = CHART.height - ROOM.bottom
  const rows = axis.ticks.map((tick) => {
    const y = yOf(frame, tick)
    return `<path d="M${ROOM.left} ${y}H${right}" stroke="${colour('var(--line)')}"/>` +
      `<text x="${ROOM.left - 5}" y="${y + 4}" text-anchor="end">${unit === 'share' ? shareTick(tick) : valueTick(tick)}</text>`
  })
  const steps = stepTicks(range).map((step) => `<text x="${xOf(frame, step)}" y="${foot + 15}" text-anchor="middle">${step}</text>`)
  const drawn = lines.flatMap((line) => {
    const values = columns.values[line.column]
    return isSmoothed(line.column, smoothing)
      ? [lineOf(frame, columns.steps, values, colour(line.colour), 'stroke-opacity="0.28"'),
          lineOf(frame, columns.steps, smooth(values, smoothing), colour(line.colour), strokeOf(line))]
      : [lineOf(frame, columns.steps, values, colour(line.colour), strokeOf(line))]
  })
  const marks = flags.map(({ step, text }) => `<path d="M${xOf(frame, step)} ${ROOM.top}V${foot}" stroke="${colour('var(--ink)')}" stroke-dasharray="2 3"/>` +
    `<text x="${xOf(frame, step) + 4}" y="${ROOM.top + 12}">${escaped(text)}</text>`)
  return `${captionOf(title, lines, colour)}${[...rows, ...steps, ...drawn, ...marks].join('')}`
}

function captionOf(title: string, lines: readonly ChartLine[], colour: Picture['colour']): string {
  const entries = lines.map((line, index) => {
    const left = 140 + index * 150
    return `<path d="M${left} -14h18" stroke="${colour(line.colour)}" ${strokeOf(line)}/><text x="${left + 24}" y="-10">${escaped(line.label)}</text>`
  })
  return `<text x="${ROOM.left}" y="-10" font-size="15" font-weight="650" fill="${colour('var(--ink)')}">${escaped(title)}</text>${entries.join('')}`
}

function frameOf({ lines, unit }: ChartDescription, { steps, values }: Columns<ColumnName>, wantsLog: boolean): Frame {
  const log = wantsLog && unit === 'nats'
  let least = Infinity
  let greatest = -Infinity
  for (const { column } of lines) {
    for (let row = 0; row < steps.length; row++) {
      const value = values[column][row] ?? NaN
      if (Number.isNaN(value) || (log && value <= 0)) continue
      least = Math.min(least, value)
      greatest = Math.max(greatest, value)
    }
  }
  if (least > greatest) [least, greatest] = [0.1, 1]
  const axis = unit === 'share' ? shareAxis(greatest) : log ? logAxis(least, greatest) : linearAxis(least, greatest, true)
  return { size: CHART, range: { from: 0, to: steps[steps.length - 1] || 1 }, axis, log }
}

function lineOf(frame: Frame, steps: ArrayLike<number>, values: ArrayLike<number>, colour: string, stroke: string): string {
  const points: string[] = []
  for (let row = 0; row < steps.length; row++) {
    const value = values[row] ?? NaN
    if (Number.isNaN(value) || (frame.log && value <= 0)) continue
    points.push(`${xOf(frame, steps[row] ?? 0).toFixed(2)} ${yOf(frame, value).toFixed(2)}`)
  }
  return points.length > 0 ? `<path d="M${points.join('L')}" fill="none" stroke="${colour}" ${stroke}/>` : ''
}

function strokeOf({ dash }: ChartLine): string {
  return dash ? `stroke-width="1.6" stroke-dasharray="${dash}"` : 'stroke-width="2"'
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
