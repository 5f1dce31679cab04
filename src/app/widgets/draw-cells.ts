import type { Colour } from './canvas'

/** How a number becomes ink. */
export interface Scale {
  /** `share`: 0 to 1 in the accent’s colour; `signed`: −1 to 1, blue below and vermilion above zero. */
  kind: 'share' | 'signed'
  /** The number that has full ink. */
  full: number
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Ink grows with the root of a share, so that small ones can be told from none. */
function inkOf(value: number, { kind, full }: Scale): number {
  const share = Math.min(1, Math.abs(value) / full)
  return kind === 'share' ? Math.sqrt(share) : share
}

/** Draws a row of numbers as cells, with the numbers where there is room for them. */
export function drawCells(
  context: CanvasRenderingContext2D, values: ArrayLike<number>, box: Box, scale: Scale, colour: Colour,
): void {
  const width = box.width / values.length
  const gap = width > 8 ? 2 : width > 3 ? 1 : 0
  const numbered = width >= 34 && box.height >= 14
  context.textAlign = 'center'
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const left = box.left + i * width
    const ink = inkOf(value, scale)
    context.fillStyle = colour('--well')
    context.fillRect(left, box.top, width - gap, box.height)
    context.globalAlpha = ink
    context.fillStyle = colour(scale.kind === 'share' ? '--accent' : value < 0 ? '--line-blue' : '--line-vermilion')
    context.fillRect(left, box.top, width - gap, box.height)
    context.globalAlpha = 1
    if (!numbered || (scale.kind === 'share' && value < 0.005)) continue
    context.fillStyle = colour(ink > 0.6 ? '--on-accent' : '--ink')
    context.fillText(value.toFixed(2), left + (width - gap) / 2, box.top + box.height / 2 + 4)
  }
  context.textAlign = 'left'
}

/** The family in which the page writes, for a canvas. */
export function fontOf(size: number, weight = 400): string {
  return `${weight} ${size}px ${getComputedStyle(document.documentElement).fontFamily}`
}
