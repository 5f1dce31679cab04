import { describe, expect, it } from 'vitest'
import type { Prototype } from '../../../state/prototypes'
import { prototypeNames } from '../prototype-names'
import { describe as say, majorityOf } from './words'

const CLASSES = ['cat', 'dog']
const MEMBERS = [5, 2, 7, 1]

function prototype(index: number, ...labels: number[]): Prototype {
  const classes = [0, 1].map((label) => ({ label, count: labels.filter((own) => own === label).length }))
    .filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count)
  return { index, members: MEMBERS.slice(0, labels.length), usage: labels.length / 8, sharpness: labels.length > 0 ? 0.75 : NaN, classes }
}

describe('what is said of a prototype', () => {
  it('holds its members against the name that labels gave it', () => {
    const names = prototypeNames('suave', CLASSES)
    expect(majorityOf(prototype(0, 0, 0, 0, 1), CLASSES, names)).toEqual({ text: '✓ 75.0 %', mood: 'right' })
    expect(majorityOf(prototype(0, 1, 1, 0), CLASSES, names)).toEqual({ text: 'mostly dog', mood: 'wrong' })
    expect(majorityOf(prototype(2, 1, 1, 0), CLASSES, names)).toEqual({ text: 'mostly dog', mood: 'nameless' })
    expect(majorityOf(prototype(1), CLASSES, names)).toEqual({ text: 'unused', mood: 'unused' })
    expect(say(prototype(0, 0, 0, 0, 1), 8, CLASSES, names))
      .toBe('cat: wins 4 of 8 pictures, 50.0 %; of these 75.0 % cat, 25.0 % dog; sharpness 0.75')
  })

  it('says that no label named a cluster or a spare prototype', () => {
    const clusters = prototypeNames('swav', CLASSES)
    expect(majorityOf(prototype(0, 0, 0, 1), CLASSES, clusters)).toEqual({ text: 'mostly cat', mood: 'nameless' })
    expect(say(prototype(0, 0), 8, CLASSES, clusters)).toMatch(/^cluster 1, which no label named: wins 1 of 8/)
    expect(say(prototype(2), 8, CLASSES, prototypeNames('daino', CLASSES))).toBe('spare 1, which no label named: wins none of 8 pictures')
  })
})
