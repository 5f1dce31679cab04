import { expect, it, vi } from 'vitest'
import { splitPictures } from '../data/split'
import { Album } from './album'
import { drawShapes, recipe } from './rehearsal'

const split = (trainSize: number) => splitPictures(drawShapes({ trainSize, testSize: 50 }), { ...recipe, trainSize })

it('numbers its albums apart from those of the worker before', () => {
  vi.useFakeTimers()
  const before = new Album()
  const numbers = [before.show(split(100)), before.show(split(60))]
  vi.advanceTimersByTime(1_000)
  const after = new Album()
  const number = after.show(split(80))
  vi.useRealTimers()
  expect(new Set([...numbers, number]).size).toBe(3)
  expect(before.tiles(numbers[1]!, [0])).toBeDefined()
  expect(after.tiles(numbers[1]!, [0])).toBeUndefined()
})
