import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestTo, orderPrototypes, purityOf, summarise, survey, winnersOf, type Prototype } from './prototypes'

/** Six pictures against three prototypes; the third wins none. At τ = 1 and scores of logarithms a softmax is a fraction. */
const ln = Math.log
const LOOK = {
  prototypes: 3,
  recipe: { temperature: 1 },
  scores: Float32Array.from([
    [ln(2), ln(1), ln(1)],
    [ln(6), ln(1), ln(1)],
    [ln(1), ln(8), ln(1)],
    [ln(3), ln(2), ln(1)],
    [ln(1), ln(2), ln(1)],
    [ln(1), ln(3), ln(1)],
  ].flat()),
}
const LABELS = [1, 0, 1, 0, 1, 2]

function surveyed(look = LOOK, labels: ArrayLike<number> = LABELS): Prototype[] {
  const work = survey(look, labels)
  for (;;) {
    const { done, value } = work.next()
    if (done) return value
  }
}

describe('a survey of the prototypes', () => {
  it('agrees with a hand-worked example', () => {
    const [first, second, third] = surveyed()
    expect(first).toMatchObject({ index: 0, members: [1, 3, 0], usage: 0.5, classes: [{ label: 0, count: 2 }, { label: 1, count: 1 }] })
    expect(first!.sharpness).toBeCloseTo((2 / 4 + 6 / 8 + 3 / 6) / 3)
    expect(purityOf(first!)).toBeCloseTo(2 / 3)
    expect(second).toMatchObject({ index: 1, members: [2, 5, 4], usage: 0.5, classes: [{ label: 1, count: 2 }, { label: 2, count: 1 }] })
    expect(second!.sharpness).toBeCloseTo((8 / 10 + 2 / 4 + 3 / 5) / 3)
    expect(third).toEqual({ index: 2, members: [], usage: 0, sharpness: NaN, classes: [] })
    expect(purityOf(third!)).toBeNaN()
    expect([...winnersOf([first!, second!, third!], 6)]).toEqual([0, 0, 1, 0, 1, 1])
    const summary = summarise([first!, second!, third!])
    expect(summary).toMatchObject({ used: 2, purity: 4 / 6, named: 4 / 6 })
    expect(summary.sharpness).toBeCloseTo((2 / 4 + 6 / 8 + 3 / 6 + 8 / 10 + 2 / 4 + 3 / 5) / 6)
  })

  it('is sharper at a lower temperature', () => {
    const [first] = surveyed({ ...LOOK, recipe: { temperature: 0.5 } })
    expect(first!.sharpness).toBeCloseTo((4 / 6 + 36 / 38 + 9 / 14) / 3)
  })

  it('gives each picture to one prototype, whatever the scores', () => {
    fc.assert(fc.property(
      fc.integer({ min: 1, max: 5 }).chain((prototypes) => fc.tuple(
        fc.constant(prototypes),
        fc.array(fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: prototypes, maxLength: prototypes }), { minLength: 1, maxLength: 20 }),
      )),
      ([prototypes, rows]) => {
        const found = surveyed({ prototypes, recipe: { temperature: 0.1 }, scores: Float32Array.from(rows.flat()) }, rows.map((_, i) => i % 3))
        expect(found.flatMap(({ members }) => members).toSorted((a, b) => a - b)).toEqual([...rows.keys()])
        expect(found.reduce((sum, { usage }) => sum + usage, 0)).toBeCloseTo(1)
        for (const { members, classes, sharpness } of found) {
          expect(classes.reduce((sum, { count }) => sum + count, 0)).toBe(members.length)
          if (members.length > 0) expect(sharpness).toBeGreaterThanOrEqual(1 / prototypes - 1e-9)
        }
      },
    ))
  })

  it('lets others have their turn while there are thousands of prototypes', () => {
    const prototypes = 3_000
    const look = { prototypes, recipe: { temperature: 0.1 }, scores: new Float32Array(100 * prototypes) }
    expect([...survey(look, new Uint8Array(100))]).toHaveLength(2)
  })

  it('leaves out pictures whose scores are no numbers', () => {
    const scores = LOOK.scores.slice().fill(NaN, 0, 3)
    const found = surveyed({ ...LOOK, scores })
    expect(found.map(({ members }) => members)).toEqual([[1, 3], [2, 5, 4], []])
    expect(winnersOf(found, 6)[0]).toBe(-1)
    expect(summarise(surveyed({ ...LOOK, scores: scores.fill(NaN) }))).toMatchObject({ used: 0, purity: NaN })
  })
})

describe('the pictures nearest to a prototype', () => {
  it('come by their cosine, whoever wins them', () => {
    expect(nearestTo(LOOK, 0, 2)).toEqual([1, 3])
    expect(nearestTo(LOOK, 2, 10)).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('are those of the largest cosines, in their order', () => {
    fc.assert(fc.property(fc.array(fc.float({ min: -1, max: 1 }), { maxLength: 30 }), fc.integer({ min: 1, max: 8 }), (cosines, count) => {
      const scores = Float32Array.from(cosines)
      const numbers = [...scores.filter((cosine) => !Number.isNaN(cosine))]
      expect(nearestTo({ scores, prototypes: 1 }, 0, count).map((picture) => scores[picture]! + 0))
        .toEqual(numbers.toSorted((a, b) => b - a).slice(0, count).map((cosine) => cosine + 0))
    }))
  })
})

describe('the order of prototypes', () => {
  it('has those without members last, save by number', () => {
    const found = surveyed().toReversed()
    const numbers = (order: Parameters<typeof orderPrototypes>[1]) => orderPrototypes(found, order).map(({ index }) => index)
    expect(numbers('number')).toEqual([2, 1, 0])
    expect(numbers('usage')).toEqual([0, 1, 2])
    expect(numbers('sharpness')).toEqual([1, 0, 2])
    expect(numbers('purity')).toEqual([0, 1, 2])
  })
})
