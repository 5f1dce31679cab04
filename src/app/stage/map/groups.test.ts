import { describe, expect, it } from 'vitest'
import { prototypeNames } from '../prototype-names'
import { clusterName, groupingOf, sentenceOf, separationSentence, summaryOf, type Known } from './groups'
import { markerOf } from './markers'

const known: Known = {
  map: {
    step: 1, pictures: new Float32Array(8), stars: new Float32Array(6), axes: new Float64Array(4), explained: [0.5, 0.2],
    clusters: Int32Array.of(0, 2, 1, 1), naming: Int32Array.of(0, 1, -1), betweenClasses: 0.417, closest: { classes: [0, 1], cosine: 0.931 },
  },
  labels: Uint8Array.of(0, 0, 1, 0), labelled: Uint8Array.of(1, 0, 0, 0), classNames: ['disc', 'ring'], names: prototypeNames('suave', ['disc', 'ring']),
}

describe('groups of a map', () => {
  it('count their members by class, cluster and error', () => {
    const members = (colouring: Parameters<typeof groupingOf>[1]) =>
      groupingOf(known, colouring).groups.map((group) => `${group.name} ${group.members}`)
    expect(members('class')).toEqual(['disc 3', 'ring 1'])
    expect(members('cluster')).toEqual(['disc 1', 'ring 2', 'spare 1 1'])
    expect(members('error')).toEqual(['right 2', 'wrong 2'])
    expect([...groupingOf(known, 'error').of]).toEqual([0, 1, 0, 1])
  })

  it('of a method without labels have numbers, and the class that they fit best', () => {
    const nameless = { ...known, names: prototypeNames('swav', known.classNames) }
    expect([1, 2].map((cluster) => clusterName(nameless, cluster))).toEqual(['cluster 2, best as ring', 'cluster 3'])
  })

  it('are told apart by colour and shape', () => {
    const looks = Array.from({ length: 50 }, (_, k) => `${markerOf(k).colour} ${markerOf(k).shape}`)
    expect(new Set(looks).size).toBe(50)
  })
})

describe('in words', () => {
  it('a picture, several pictures and the whole map', () => {
    expect(sentenceOf(known, 0)).toBe('disc, labelled. The model says disc.')
    expect(sentenceOf(known, 3)).toBe('disc, no label. The model says ring.')
    expect(summaryOf(known, [0, 1, 2])).toBe('3 pictures: 2 disc, 1 ring.')
    expect(summaryOf(known, [2])).toBe('1 picture: 1 ring.')
    expect(separationSentence(known)).toBe('Between the classes lie 41.7 % of the spread of the features; disc and ring stand closest (cosine 0.93).')
  })
})
