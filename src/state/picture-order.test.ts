import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOrderOpen, orderPictures, PICTURE_ORDERS, predictionsOf, type OrderRequest, type PictureScores } from './picture-order'
import { poolOf } from './test-session'

/** Twelve pictures of three classes in turn. */
const pool = poolOf(Uint8Array.from({ length: 12 }, (_, position) => position % 3), 3)
const NONE = new Set<number>()
const ask = (changes: Partial<OrderRequest>): OrderRequest => ({ order: 'random', seed: 1, prototype: 0, ...changes })

/** Four of them, scored: sure and right, unsure and right, wrong by much, wrong by little. */
const scores: PictureScores = {
  positions: Int32Array.of(0, 3, 4, 8),
  prototypes: 3,
  named: true,
  scores: Float32Array.of(
    0.9, 0.1, 0, // of class 0
    0.5, 0.45, 0, // of class 0
    0.8, -0.6, 0.2, // of class 1
    0.1, 0.4, 0.3, // of class 2
  ),
}

test('at random: a seed’s own order of all pictures', () => {
  const [one, again, other] = [1, 1, 2].map((seed) => orderPictures(pool, NONE, ask({ seed })))
  expect(one).toEqual(again)
  expect(one).not.toEqual(other)
  expect(one!.toSorted((a, b) => a - b)).toEqual([...Array(12).keys()])
})

test('by class, and of one class alone', () => {
  expect(orderPictures(pool, NONE, ask({ order: 'class' }))).toEqual([0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
  expect(orderPictures(pool, NONE, ask({ order: 'class', only: 1 }))).toEqual([1, 4, 7, 10])
  for (const { value: order } of PICTURE_ORDERS) {
    expect(orderPictures(pool, NONE, ask({ order, only: 0 }), scores).every((position) => pool.classes[position] === 0)).toBe(true)
  }
})

test('labelled first', () => {
  expect(orderPictures(pool, new Set([11, 5]), ask({ order: 'labelled' })).slice(0, 3)).toEqual([5, 11, 0])
})

test('nearest to a prototype', () => {
  expect(orderPictures(pool, NONE, ask({ order: 'near', prototype: 0 }), scores)).toEqual([0, 4, 3, 8])
  expect(orderPictures(pool, NONE, ask({ order: 'near', prototype: 2 }), scores)[0]).toBe(8)
})

test('most uncertain first: where the two best scores lie closest', () => {
  expect(orderPictures(pool, NONE, ask({ order: 'uncertain' }), scores)).toEqual([3, 8, 4, 0])
})

test('wrongest first: where another class is furthest ahead of the true one', () => {
  expect(orderPictures(pool, NONE, ask({ order: 'wrong' }), scores)).toEqual([4, 8, 0, 3])
})

test('clusters without a name cannot be wrong', () => {
  const clusters = { ...scores, named: false }
  expect(orderPictures(pool, NONE, ask({ order: 'wrong' }), clusters)).toEqual([])
  const open = (known?: PictureScores) => PICTURE_ORDERS.filter((order) => isOrderOpen(order, known)).map(({ value }) => value)
  expect(open(clusters)).toEqual(['random', 'class', 'labelled', 'near', 'uncertain'])
  expect(open(scores)).toHaveLength(6)
  expect(open()).toEqual(['random', 'class', 'labelled'])
})

test('without a model there is no order of it; with one, each scored picture has its prediction', () => {
  expect(orderPictures(pool, NONE, ask({ order: 'uncertain' }))).toEqual([])
  expect([...predictionsOf(scores)]).toEqual([[0, 0], [3, 0], [4, 0], [8, 1]])
})

test('what is put in order by one walk stands as a sort would put it, ties too', () => {
  const classes = fc.uint8Array({ max: 4, maxLength: 60 })
  fc.assert(fc.property(classes, fc.uniqueArray(fc.nat(59)), (of, chosen) => {
    const some = poolOf(Uint8Array.from(of), 5)
    const labelled = new Set(chosen)
    const sorted = (key: (position: number) => number) => [...of.keys()].sort((a, b) => key(a) - key(b) || a - b)
    expect(orderPictures(some, labelled, ask({ order: 'class' }))).toEqual(sorted((position) => of[position]!))
    expect(orderPictures(some, labelled, ask({ order: 'labelled' }))).toEqual(sorted((position) => (labelled.has(position) ? 0 : 1)))
  }))
  // Few values, so that scores and leads are often alike.
  const score = fc.integer({ min: -3, max: 3 }).map((value) => value / 4)
  const rows = fc.integer({ min: 1, max: 4 }).chain((prototypes) => fc.array(fc.array(score, { minLength: prototypes, maxLength: prototypes }), { maxLength: 12 }))
  fc.assert(fc.property(rows, (all) => {
    const lead = (row: number) => {
      const [first = 0, second = 0] = all[row]!.toSorted((a, b) => b - a)
      return first - second
    }
    const known = {
      positions: Int32Array.from(all.keys()), prototypes: all[0]?.length ?? 1, named: true, scores: Float32Array.from(all.flat()),
    }
    expect(orderPictures(pool, NONE, ask({ order: 'uncertain' }), known)).toEqual([...all.keys()].sort((a, b) => lead(a) - lead(b)))
  }))
})
