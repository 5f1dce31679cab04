import { expect, test } from 'vitest'
import { chooseClasses } from './class-choice'
import type { NamedSource } from './picture-files'
import { PICTURE_BYTES, pictureAt, type PictureSet } from './picture-set'
import { splitPictures } from './split'

const NAMES = ['cat', 'dog', 'frog', 'ship']
/** Pictures that begin with their own number, of the classes and families in turn. */
function numbered(count: number): PictureSet {
  const pixels = new Uint8Array(count * PICTURE_BYTES)
  for (let i = 0; i < count; i++) pixels[i * PICTURE_BYTES] = i
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 4)
  return { pixels, labels, coarse: labels.map((label) => Number(label === 3)) }
}
const source: NamedSource = {
  dataset: 'cifar100', name: 'Made up', classNames: NAMES, coarseNames: ['animals', 'things'], train: numbered(12), test: numbered(8),
}
const choose = (classes: string, cifar100Labels: 'fine' | 'coarse' = 'fine') => chooseClasses(source, { classes, cifar100Labels })
const numbers = (set: PictureSet) => Array.from(set.labels, (_, i) => pictureAt(set, i)[0])

test('pictures of the chosen classes alone, in the source’s order of classes, without a copy', () => {
  const { classNames, choosable, train, test: held } = choose('ship, dog')
  expect(classNames).toEqual(['dog', 'ship'])
  expect(choosable).toEqual(NAMES)
  expect([...train.labels]).toEqual([0, 1, 0, 1, 0, 1])
  expect(numbers(train)).toEqual([1, 3, 5, 7, 9, 11])
  expect(numbers(held!)).toEqual([1, 3, 5, 7])
  expect(train.pixels).toBe(source.train.pixels)
})

test('a picture keeps the number by which labels are given, whichever classes are chosen', () => {
  const chosen = choose('dog,ship')
  const { pool, train } = splitPictures(chosen, { trainSize: 4, testSize: 2, labelsPerClass: 1, labels: '2', seed: 1 })
  expect([...pool.origins]).toEqual(numbers(train))
  const { labelled } = splitPictures(chosen, { trainSize: 6, testSize: 2, labelsPerClass: 1, labels: '2.2*5', seed: 1 })
  expect(labelled).toHaveLength(6)
})

test('no choice, or all, is the source itself', () => {
  expect(choose('').train).toBe(source.train)
  expect(choose(NAMES.join()).train).toBe(source.train)
})

test('coarse labels are classes of their own', () => {
  const { classNames, train } = choose('', 'coarse')
  expect(classNames).toEqual(['animals', 'things'])
  expect([...train.labels.subarray(0, 4)]).toEqual([0, 0, 0, 1])
  expect(() => chooseClasses({ ...source, coarseNames: undefined }, { classes: '', cifar100Labels: 'coarse' })).toThrow(/Made up has no coarse labels/)
})

test.each([
  ['cat,wolf', 'Made up has no class “wolf”: choose among cat, dog, frog, ship by “Classes” (--classes).'],
  ['cat', 'A run tells at least two classes apart, but only “cat” is chosen: add another by “Classes” (--classes).'],
])('%s is refused with the way out', (classes, sentence) => expect(() => choose(classes)).toThrow(sentence))
