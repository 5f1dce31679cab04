import { expect, it } from 'vitest'
import { classLines, familyLines, matrixOf, picturesIn, scaleStep, shareAt } from './matrix'

const CLASSES = ['cat', 'rose', 'dog', 'oak']
/** cat and dog are animals, rose and oak plants. */
const FAMILIES = { names: ['animals', 'plants'], of: [0, 1, 0, 1] }

/** What the pictures are, and what they are called; −1 is no name. */
const LABELS = Uint8Array.of(0, 0, 0, 1, 1, 2, 2, 3)
const CALLED = Int32Array.of(0, 0, 2, 1, -1, 0, 2, 1)

it('counts what pictures are against what they are called', () => {
  const matrix = matrixOf(LABELS, CALLED, classLines(CLASSES), true)
  expect([matrix.rows, matrix.columns, matrix.right]).toEqual([4, 5, 4])
  expect([...matrix.counts]).toEqual([
    2, 0, 1, 0, 0,
    0, 1, 0, 0, 1,
    1, 0, 1, 0, 0,
    0, 1, 0, 0, 0,
  ])
  expect([...matrix.totals]).toEqual([3, 2, 2, 1])
  expect(shareAt(matrix, 0, 2)).toBeCloseTo(1 / 3, 9)
  expect(picturesIn({ row: 1, column: 4 }, LABELS, CALLED, matrix.lines)).toEqual([4])
})

it('sorts classes family by family, and marks where families begin', () => {
  const lines = classLines(CLASSES, FAMILIES)
  expect(lines.names).toEqual(['cat', 'dog', 'rose', 'oak'])
  expect(lines.of).toEqual([0, 2, 1, 3])
  expect(lines.breaks).toEqual([2])
  const matrix = matrixOf(LABELS, CALLED, lines, false)
  expect([...matrix.counts.subarray(0, 4)]).toEqual([2, 1, 0, 0])
  expect(matrix.right).toBe(4)
})

it('adds the cells of a family up: within the family, no mistake is one', () => {
  const matrix = matrixOf(LABELS, CALLED, familyLines(FAMILIES), true)
  expect([...matrix.counts]).toEqual([5, 0, 0, 0, 2, 1])
  expect([...matrix.totals]).toEqual([5, 3])
  expect(matrix.right).toBe(7)
  expect(picturesIn({ row: 1, column: 1 }, LABELS, CALLED, matrix.lines)).toEqual([3, 7])
})

it('has no share of an empty row', () => {
  const matrix = matrixOf(Uint8Array.of(0), Int32Array.of(0), classLines(['cat', 'dog']), false)
  expect(shareAt(matrix, 1, 0)).toBe(0)
})

it('has five steps of ink, the first for nothing at all', () => {
  expect([0, 0.001, 0.099, 0.1, 0.299, 0.3, 0.6, 1].map(scaleStep)).toEqual([0, 1, 1, 2, 2, 3, 4, 4])
})
