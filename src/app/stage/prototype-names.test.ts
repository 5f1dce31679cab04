import { describe, expect, it } from 'vitest'
import { prototypeNames } from './prototype-names'

const CLASSES = ['cat', 'dog']

describe('the names of prototypes', () => {
  it('are those of the classes that labels tie to them, and numbers for spare ones', () => {
    for (const method of ['suave', 'daino', 'supervised']) {
      const names = prototypeNames(method, CLASSES)
      expect([names.named, names.of(0), names.of(1), names.of(2), names.of(3)]).toEqual([true, 'cat', 'dog', 'spare 1', 'spare 2'])
    }
  })

  it('are numbers where no label names a cluster', () => {
    for (const method of ['swav', 'dino']) {
      const names = prototypeNames(method, CLASSES)
      expect([names.named, names.of(0), names.of(9)]).toEqual([false, 'cluster 1', 'cluster 10'])
    }
  })
})
