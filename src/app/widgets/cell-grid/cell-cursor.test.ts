import type { KeyboardEvent } from 'react'
import { expect, it, vi } from 'vitest'
import { pressInCells, walkCells } from './cell-cursor'

const SIZE = { rows: 3, columns: 4 }
const from = { row: 1, column: 2 }
const press = (key: string, ctrlKey = false, place = from) => walkCells({ key, ctrlKey }, place, SIZE)

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

it('Enter and Space choose the cell at hand, arrows go to another, and no such key reaches the page; others do', () => {
  const press = (key: string, isChoice = true) => {
    const event = { key, ctrlKey: false, preventDefault: vi.fn(), stopPropagation: vi.fn() }
    const [go, choose] = [vi.fn(), vi.fn()]
    pressInCells(event as unknown as KeyboardEvent, from, SIZE, { go, choose: isChoice ? choose : undefined })
    return { gone: go.mock.calls, chosen: choose.mock.calls, taken: event.preventDefault.mock.calls.length + event.stopPropagation.mock.calls.length }
  }
  for (const key of ['Enter', ' ']) expect(press(key)).toEqual({ gone: [], chosen: [[from]], taken: 2 })
  expect(press('ArrowLeft')).toEqual({ gone: [[{ row: 1, column: 1 }]], chosen: [], taken: 2 })
  expect(press('a')).toEqual({ gone: [], chosen: [], taken: 0 })
  // Where there is nothing to choose, Space is the run’s.
  expect(press(' ', false)).toEqual({ gone: [], chosen: [], taken: 0 })
})
