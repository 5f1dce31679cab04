import { expect, it } from 'vitest'
import { walkMatrix } from './matrix-cursor'

const SIZE = { rows: 3, columns: 4 }
const from = { row: 1, column: 2 }
const press = (key: string, ctrlKey = false, place = from) => walkMatrix({ key, ctrlKey }, place, SIZE)

it('walks by arrows and stops at the edges', () => {
  expect(press('ArrowRight')).toEqual({ row: 1, column: 3 })
  expect(press('ArrowUp')).toEqual({ row: 0, column: 2 })
  expect(press('ArrowDown', false, { row: 2, column: 0 })).toEqual({ row: 2, column: 0 })
  expect(press('ArrowLeft', false, { row: 2, column: 0 })).toEqual({ row: 2, column: 0 })
})

it('jumps to the ends of a row, and with Control to those of the matrix', () => {
  expect(press('Home')).toEqual({ row: 1, column: 0 })
  expect(press('End')).toEqual({ row: 1, column: 3 })
  expect(press('Home', true)).toEqual({ row: 0, column: 0 })
  expect(press('End', true)).toEqual({ row: 2, column: 3 })
  expect(press('a')).toBeUndefined()
})
