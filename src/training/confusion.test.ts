import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import vectors from './fixtures/cluster-accuracy.json'
import { accuracyUnder, bestNaming, classAccuraciesUnder, confusionOf, identityNaming, type Confusion } from './confusion'

const clusterAccuracy = (confusion: Confusion) => accuracyUnder(bestNaming(confusion), confusion)

describe.each(vectors.cases)('$name', ({ clusters, labels, clusterCount, classCount, contingency, accuracy, identityAccuracy }) => {
  const confusion = confusionOf(clusters, labels, classCount, clusterCount)

  it('is counted', () => {
    const byClass = Array.from({ length: classCount }, (_, k) => contingency.map((row) => row[k]!)).flat()
    expect([...confusion.counts]).toEqual(byClass)
  })

  it('has the reference accuracies', () => {
    expect(clusterAccuracy(confusion)).toBeCloseTo(accuracy, 11)
    expect(accuracyUnder(identityNaming(confusion), confusion)).toBeCloseTo(identityAccuracy, 11)
  })
})

it('a greedy choice of the largest count would be worse', () => {
  const { greedyAccuracy, accuracy } = vectors.cases.find(({ name }) => name === 'greedy is not optimal')!
  expect(accuracy).toBeGreaterThan(greedyAccuracy + 0.1)
})

/** The most hits that any one-to-one naming has, by trying them all. */
function mostHits({ classes, prototypes, counts }: Confusion, k = 0, taken = new Set<number>()): number {
  if (k === classes) return 0
  let most = mostHits({ classes, prototypes, counts }, k + 1, taken)
  for (let prototype = 0; prototype < prototypes; prototype++) {
    if (taken.has(prototype)) continue
    taken.add(prototype)
    most = Math.max(most, counts[k * prototypes + prototype]! + mostHits({ classes, prototypes, counts }, k + 1, taken))
    taken.delete(prototype)
  }
  return most
}

const confusions = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([classes, prototypes]) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: classes * prototypes, maxLength: classes * prototypes })
    .filter((counts) => counts.some((count) => count > 0))
    .map((counts): Confusion => ({ classes, prototypes, counts: Int32Array.from(counts) })))

describe('the best naming', () => {
  it('is as good as the best of all namings', () => {
    fc.assert(fc.property(confusions, (confusion) => {
      const total = confusion.counts.reduce((sum, count) => sum + count, 0)
      expect(clusterAccuracy(confusion)).toBeCloseTo(mostHits(confusion) / total, 12)
    }))
  })

  it('gives no prototype to two classes', () => {
    fc.assert(fc.property(confusions, (confusion) => {
      const named = [...bestNaming(confusion)].filter((prototype) => prototype >= 0)
      expect(new Set(named).size).toBe(named.length)
      expect(named).toHaveLength(Math.min(confusion.classes, confusion.prototypes))
    }))
  })

  it('does not see the order of the prototypes', () => {
    const confusion: Confusion = { classes: 2, prototypes: 3, counts: Int32Array.of(1, 7, 0, 5, 2, 1) }
    const turned: Confusion = { ...confusion, counts: Int32Array.of(0, 1, 7, 1, 5, 2) }
    expect([...bestNaming(confusion)]).toEqual([1, 0])
    expect([...bestNaming(turned)]).toEqual([2, 1])
    expect(clusterAccuracy(turned)).toBe(clusterAccuracy(confusion))
  })
})

it('each class has its own accuracy', () => {
  const confusion: Confusion = { classes: 3, prototypes: 2, counts: Int32Array.of(3, 1, 2, 2, 0, 0) }
  expect([...classAccuraciesUnder(identityNaming(confusion), confusion)]).toEqual([0.75, 0.5, NaN])
})
