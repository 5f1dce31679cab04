/** How the names of columns stand above them. */
export interface ColumnNames {
  /** Room that they take, in pixels. */
  height: number
  /** Level, upright where a name is longer than its column is wide, none where a column is too narrow for either. */
  stand: 'level' | 'upright' | 'none'
}

/** Height of a line of level names. */
export const LINE = 20
const TALLEST = 72
/** Width of a letter of the names’ font, as good as can be told without drawing it. */
const LETTER = 6.4
/** Around a name, both sides together. */
const MARGIN = 4
/** Narrower columns have no room for upright letters. */
const NARROWEST = 16

/** Lets names stand as they can be read in columns of `width` pixels. */
export function standNames(names: readonly string[], width: number): ColumnNames {
  const longest = Math.max(0, ...names.map(({ length }) => length)) * LETTER
  if (longest + MARGIN <= width) return { height: LINE, stand: 'level' }
  if (width < NARROWEST) return { height: LINE, stand: 'none' }
  return { height: Math.min(TALLEST, Math.ceil(longest) + 2 * MARGIN), stand: 'upright' }
}
