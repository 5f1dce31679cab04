import { describe, expect, it } from 'vitest'
import { BatchStream } from './batches'
import { randomStream } from './random'

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length

describe('a stream', () => {
  it('repeats itself from its seed and name, and differs by either', () => {
    const drawn = (seed: number, name: string) => [...randomStream(seed, name).uniform(5)]
    expect(drawn(1, 'a')).toEqual(drawn(1, 'a'))
    expect(new Set([drawn(1, 'a'), drawn(2, 'a'), drawn(1, 'b'), drawn(12, 'a'), drawn(1_000_000, 'a')].map(String)).size).toBe(5)
  })

  it('is even and independent of its neighbours', () => {
    const [one, next] = [randomStream(1, 'a').uniform(4000), randomStream(2, 'a').uniform(4000)]
    expect(mean(one)).toBeCloseTo(0.5, 1)
    expect(mean(one.map((value) => (value - 0.5) ** 2))).toBeCloseTo(1 / 12, 2)
    expect(Math.abs(mean(one.map((value, i) => (value - 0.5) * (next[i]! - 0.5))))).toBeLessThan(0.01)
    expect(Math.abs(mean(one.slice(1).map((value, i) => (value - 0.5) * (one[i]! - 0.5))))).toBeLessThan(0.01)
  })

  it('keeps to its bounds', () => {
    const random = randomStream(3, 'a')
    expect(random.uniform(500, 2, 4).every((value) => value >= 2 && value <= 4)).toBe(true)
    expect(new Set(Array.from({ length: 200 }, () => random.below(3)))).toEqual(new Set([0, 1, 2]))
  })

  it('draws a standard normal', () => {
    const values = randomStream(4, 'a').normal(4000)
    expect(values.every(Number.isFinite)).toBe(true)
    expect(Math.abs(mean(values))).toBeLessThan(0.06)
    expect(mean(values.map((value) => value ** 2))).toBeCloseTo(1, 0)
    expect(Array.from(values).filter((value) => Math.abs(value) > 1.96).length / 4000).toBeCloseTo(0.05, 1)
  })

  it('shuffles everything once, every place as likely', () => {
    const random = randomStream(5, 'a')
    expect([...random.permutation(10)].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(random.permutation(0)).toHaveLength(0)
    const places = [0, 0, 0]
    for (let i = 0; i < 600; i++) places[random.permutation(3).indexOf(0)]! += 1
    places.forEach((count) => expect(count).toBeGreaterThan(150))
  })
})

describe('batches', () => {
  const pool = Int32Array.of(5, 7, 11, 13, 17)

  it('deal the whole pool before anything comes again', () => {
    const stream = new BatchStream(pool, 1, 'batches')
    for (let pass = 0; pass < 3; pass++) {
      const dealt = [...stream.take(2), ...stream.take(2), ...stream.take(1)]
      expect(dealt.sort((a, b) => a - b)).toEqual([...pool])
    }
  })

  it('go round within a batch where the pool is smaller', () => {
    const batch = new BatchStream(Int32Array.of(3, 4), 1, 'batches').take(6)
    expect([...batch].sort()).toEqual([3, 3, 3, 4, 4, 4])
  })

  it('have a new order in each pass, the same for the same seed', () => {
    const passes = (seed: number) => {
      const stream = new BatchStream(pool, seed, 'batches')
      return Array.from({ length: 6 }, () => String(stream.take(5)))
    }
    expect(passes(1)).toEqual(passes(1))
    expect(passes(1)).not.toEqual(passes(2))
    expect(new Set(passes(1)).size).toBeGreaterThan(3)
  })
})
