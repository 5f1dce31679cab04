import { expect, it } from 'vitest'
import { METHODS } from '../recipe/field'
import type { Changes } from '../recipe/recipe'
import { checkPictures } from './check'
import { DATA, TINY } from './tiny'

const { split, classCount } = DATA
const check = (changes: Changes, labelled = split.labelled) => () =>
  checkPictures({ ...TINY, ...changes }, { ...split, labelled }, classCount)
const ofTwoClasses = split.labelled.filter((picture) => split.train.labels[picture] !== 0)

it.each(METHODS)('lets %s learn from pictures that suit it', (method) => {
  expect(check({ method })).not.toThrow()
})

it('asks for a label of each class, but not where no label is read', () => {
  const two = split.labelled.slice(0, 2)
  for (const method of ['suave', 'daino', 's4l', 'supervised'] as const) {
    expect(check({ method }, two)).toThrow('2 labelled pictures are too few for 3 classes: give each class a label')
  }
  for (const method of ['swav', 'dino'] as const) expect(check({ method }, two)).not.toThrow()
})

it('refuses supports that cannot be balanced', () => {
  expect(check({ method: 'paws' }, ofTwoClasses)).toThrow('1 of 3 classes have none: give each class a label')
  expect(check({ method: 'suave' }, ofTwoClasses)).not.toThrow()
})

it('refuses an unlabelled batch larger than the training part, where one is taken', () => {
  expect(check({ unlabelledBatch: 20 })).toThrow('A batch of 20 unlabelled pictures is larger than the 18 training pictures: lower “Unlabelled batch” to 18')
  expect(check({ method: 'supervised', unlabelledBatch: 20 })).not.toThrow()
})
