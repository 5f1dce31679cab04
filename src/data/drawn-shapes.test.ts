import { expect, test } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { shapesRequestOf } from './drawn-shapes'

test('so many of all classes are drawn that the chosen ones have their share, however often a name is typed', () => {
  const sizes = (classes: string) => {
    const { trainSize, testSize } = shapesRequestOf({ ...DEFAULT_RECIPE, classes, trainSize: 300, testSize: 100 })
    return [trainSize, testSize]
  }
  expect(sizes('')).toEqual([300, 100])
  expect(sizes('disc,ring')).toEqual([1_500, 500])
  expect(sizes('disc,ring,ring')).toEqual([1_500, 500])
})
