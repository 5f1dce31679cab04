import type { TestPart } from '../../../state/pictures'
import { NAMELESS } from './called'

type Families = NonNullable<TestPart['families']>

/** What the rows and columns of a matrix stand for: classes in an order, or families of them. */
export interface Lines {
  kind: 'classes' | 'families'
  names: readonly string[]
  /** The line of each class. */
  of: readonly number[]
  /** Lines before which a new family begins; none where there are no families. */
  breaks: readonly number[]
}

/** Classes in their order, or family by family where they have one. */
export function classLines(classNames: readonly string[], families?: Families): Lines {
  const order = [...classNames.keys()]
  if (families) order.sort((a, b) => families.of[a]! - families.of[b]! || a - b)
  const of = new Array<number>(order.length)
  order.forEach((label, line) => (of[label] = line))
  const breaks = families ? order.flatMap((label, line) => (line > 0 && families.of[label] !== families.of[order[line - 1]!] ? [line] : [])) : []
  return { kind: 'classes', names: order.map((label) => classNames[label]!), of, breaks }
}

export function familyLines({ names, of }: Families): Lines {
  return { kind: 'families', names, of, breaks: [] }
}

/** Test pictures by what they are (rows) and what they are called (columns). */
export interface Matrix {
  lines: Lines
  rows: number
  /** One more than rows where a last one takes what is called by no name. */
  columns: number
  /** [rows × columns] */
  counts: Int32Array
  /** Pictures in each row. */
  totals: Int32Array
  /** Pictures on the diagonal. */
  right: number
}

/**
 * Counts the pictures of every cell.
 * @param called class that each picture is called by, or NAMELESS
 * @param nameless whether any prototype has no name
 */
export function matrixOf(labels: Uint8Array, called: Int32Array, lines: Lines, nameless: boolean): Matrix {
  const rows = lines.names.length
  const columns = rows + Number(nameless)
  const counts = new Int32Array(rows * columns)
  const totals = new Int32Array(rows)
  let right = 0
  labels.forEach((label, picture) => {
    const { row, column } = cellAt(label, called[picture]!, lines)
    counts[row * columns + column]! += 1
    totals[row]! += 1
    if (row === column) right += 1
  })
  return { lines, rows, columns, counts, totals, right }
}

/** The pictures of one cell, in their order. */
export function picturesIn(cell: { row: number; column: number }, labels: Uint8Array, called: Int32Array, lines: Lines): number[] {
  return [...labels.keys()].filter((picture) => {
    const { row, column } = cellAt(labels[picture]!, called[picture]!, lines)
    return row === cell.row && column === cell.column
  })
}

export function cellAt(label: number, called: number, { of, names }: Lines): { row: number; column: number } {
  return { row: of[label]!, column: called === NAMELESS ? names.length : of[called]! }
}

/** The share of a row’s pictures that its cell holds; 0 in an empty row. */
export function shareAt({ counts, totals, columns }: Matrix, row: number, column: number): number {
  return totals[row] === 0 ? 0 : counts[row * columns + column]! / totals[row]!
}

/** Steps of the scale of shares: light to dark, so that no hue has to be told from another. */
export const SCALE = [
  { from: 0, words: 'none' }, { from: Number.MIN_VALUE, words: 'up to 10 %' }, { from: 0.1, words: '10 %' },
  { from: 0.3, words: '30 %' }, { from: 0.6, words: '60 % and more' },
] as const

/** The step of the scale that a share falls into. */
export function scaleStep(share: number): number {
  return SCALE.findLastIndex(({ from }) => share >= from)
}
