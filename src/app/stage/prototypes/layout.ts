import type { Size } from '../../widgets/use-size'

export const GAP = 6
/** Between the edge of a card and its pictures, on both sides together. */
const INSET = 14
const PICTURE_GAP = 3
/** What stands above the pictures and below them. */
const HEAD = 120
/** As narrow as a prototype’s own column may be, and as wide. */
const COLUMN = { narrowest: 56, widest: 150 }
/** Of many prototypes each has a card with a few small pictures. */
const CARD = { width: 98, across: 3, down: 2 }
const ROWS = { fewest: 3, most: 6 }
const LARGEST_PICTURE = 62
const SMALLEST_PICTURE = 40

/** How the cards of the prototypes stand, and the pictures within one; lengths in CSS pixels. */
export interface Layout {
  columns: number
  cardWidth: number
  /** Whether a card has no room for “mostly” and a long name on one line. */
  narrow: boolean
  /** Pictures beside and below each other. */
  across: number
  down: number
  /** Side of a picture. */
  side: number
}

/** A column for each prototype as tall as there is room; where they do not stand side by side, rows of small cards. */
export function layOut({ width, height }: Size, prototypes: number): Layout {
  const own = widthOf(width, prototypes)
  if (own >= COLUMN.narrowest) {
    const cardWidth = Math.min(COLUMN.widest, own)
    const across = Math.max(1, Math.floor((cardWidth - INSET + PICTURE_GAP) / (LARGEST_PICTURE + PICTURE_GAP)))
    const widest = Math.min(LARGEST_PICTURE, sideOf(cardWidth, across))
    const room = height - HEAD
    const down = Math.min(ROWS.most, Math.max(ROWS.fewest, Math.round(room / (widest + PICTURE_GAP))))
    // Rather slightly smaller pictures than a row less.
    const side = Math.min(widest, Math.max(SMALLEST_PICTURE, Math.floor(room / down) - PICTURE_GAP))
    return { columns: prototypes, cardWidth, narrow: cardWidth < CARD.width, across, down, side }
  }
  const columns = Math.max(1, Math.floor((width + GAP) / (CARD.width + GAP)))
  const cardWidth = widthOf(width, columns)
  return { columns, cardWidth, narrow: false, across: CARD.across, down: CARD.down, side: sideOf(cardWidth, CARD.across) }
}

/** Where a picture stands within its card’s canvas, and the canvas’s size. */
export function placeOf({ across, side }: Layout, picture: number): { left: number; top: number } {
  return { left: (picture % across) * (side + PICTURE_GAP), top: Math.floor(picture / across) * (side + PICTURE_GAP) }
}

export function picturesSize({ across, down, side }: Layout): Size {
  return { width: across * (side + PICTURE_GAP) - PICTURE_GAP, height: down * (side + PICTURE_GAP) - PICTURE_GAP }
}

function widthOf(width: number, columns: number): number {
  return Math.floor((width + GAP) / columns) - GAP
}

function sideOf(cardWidth: number, across: number): number {
  return Math.max(1, Math.floor((cardWidth - INSET + PICTURE_GAP) / across) - PICTURE_GAP)
}
