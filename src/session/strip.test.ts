import { expect, it } from 'vitest'
import { pictureAt } from '../data/picture-set'
import { splitPictures } from '../data/split'
import { drawShapes } from './rehearsal'
import { stripOf, summarise } from './strip'

const source = { ...drawShapes({ trainSize: 100, testSize: 50 }), name: 'made up', choosable: ['red', 'green'] }
const split = splitPictures(source, { trainSize: 40, testSize: 50, labelsPerClass: 3, seed: 1 })

it('lays pictures side by side in one row of tiles', () => {
  const { rgba, count, labels } = stripOf(split, [5, 9])
  expect(count).toBe(2)
  expect(rgba).toHaveLength(2 * 32 * 32 * 4)
  const pixel = (x: number, y: number) => Array.from(rgba.slice((y * 64 + x) * 4, (y * 64 + x) * 4 + 4))
  const colour = (position: number) => [...pictureAt(split.train, position).slice(0, 3), 255]
  expect(pixel(0, 0)).toEqual(colour(5))
  expect(pixel(31, 31)).toEqual(colour(5))
  expect(pixel(32, 0)).toEqual(colour(9))
  expect(pixel(63, 31)).toEqual(colour(9))
  expect([...labels]).toEqual([split.train.labels[5], split.train.labels[9]])
})

it('shows each class in turn, labelled pictures first', () => {
  const { strip, split: counts } = summarise(source, split, 1)
  expect(counts).toEqual({ train: 40, labelled: 6, test: 50 })
  expect([...strip.labels]).toEqual([...Array(8).fill(0), ...Array(8).fill(1)])
  expect([...strip.labelled]).toEqual([1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0])
})
