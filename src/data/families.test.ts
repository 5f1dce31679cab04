import { expect, it } from 'vitest'
import { familiesOf } from './families'

const NAMES = ['fish', 'flowers', 'people', 'trees']
const set = (labels: number[], coarse?: number[]) =>
  ({ pixels: new Uint8Array(), labels: Uint8Array.from(labels), ...(coarse && { coarse: Uint8Array.from(coarse) }) })

it('reads the family of each class off its pictures, and leaves out families that no class belongs to', () => {
  // Classes 0 and 2 are people, class 1 is a fish.
  expect(familiesOf(set([2, 0, 1, 0], [2, 2, 0, 2]), 3, NAMES)).toEqual({ names: ['fish', 'people'], of: [1, 0, 1] })
})

it('finds none without coarse labels, without their names, or where each class is a family', () => {
  expect(familiesOf(set([0, 1]), 2, NAMES)).toBeUndefined()
  expect(familiesOf(set([0, 1], [3, 3]), 2)).toBeUndefined()
  expect(familiesOf(set([0, 1, 2, 3], [0, 1, 2, 3]), 4, NAMES)).toBeUndefined()
})
