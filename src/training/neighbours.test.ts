import { tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { describe, expect, it, beforeAll } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { expectClose, valuesOf } from '../compute/trial'
import vectors from './fixtures/neighbours.json'
import { neighbourPredictions, neighbourShares, type Vote } from './neighbours'

/** The same by hand, in double precision. */
function sharesByHand(queries: number[][], bank: number[][], labels: number[], classCount: number, vote: Vote): number[][] {
  const unit = (row: number[]) => row.map((value) => value / Math.hypot(...row))
  return queries.map(unit).map((query) => {
    const nearest = bank.map(unit)
      .map((row, i) => ({ cosine: row.reduce((sum, value, d) => sum + value * query[d]!, 0), label: labels[i]! }))
      .sort((a, b) => b.cosine - a.cosine)
      .slice(0, vote.neighbours)
    const voices = Array.from({ length: classCount }, (_, k) => nearest
      .filter(({ label }) => label === k)
      .reduce((sum, { cosine }) => sum + Math.exp(cosine / vote.temperature), 0))
    const total = voices.reduce((sum, voice) => sum + voice)
    return voices.map((voice) => voice / total)
  })
}

describe.each(['cpu', 'wasm'] as const)('weighted neighbours on %s', (backend) => {
  beforeAll(() => connectNodeBackend(backend))

  it('vote as the reference says', async () => {
    const { bank, labels, query, neighbours, temperature, shares, prediction } = vectors
    const inputs = () => [
      tensor2d([query]), { features: tensor2d(bank), labels: tensor1d(labels, 'int32'), classCount: 3 }, { neighbours, temperature },
    ] as const
    expectClose(await valuesOf(() => neighbourShares(...inputs())), shares, 1e-5)
    expect(await valuesOf(() => neighbourPredictions(...inputs()))).toEqual([prediction])
  })

  it('vote as plain arithmetic does, with banks smaller than the neighbours too', async () => {
    const row = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }).filter((values) => values.some(Boolean))
    const bank = fc.array(fc.tuple(row, fc.integer({ min: 0, max: 3 })), { minLength: 2, maxLength: 12 })
    await fc.assert(fc.asyncProperty(bank, fc.array(row, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 15 }), async (members, queries, neighbours) => {
      const features = members.map(([values]) => values)
      const labels = members.map(([, label]) => label)
      const vote = { neighbours, temperature: 0.5 }
      // Which of two equally near neighbours is the last to vote is nobody’s business.
      fc.pre(queries.every((query) => distinct(query, features)))
      const shares = await valuesOf(() => neighbourShares(
        tensor2d(queries), { features: tensor2d(features), labels: tensor1d(labels, 'int32'), classCount: 4 }, vote,
      ))
      expectClose(shares, sharesByHand(queries, features, labels, 4, vote).flat(), 1e-5)
    }), { numRuns: 40 })
  })

  it('of a sharp temperature are the nearest alone', async () => {
    const bank = { features: tensor2d([[1, 0], [0, 1], [0.1, 1]]), labels: tensor1d([0, 1, 1], 'int32'), classCount: 2 }
    expectClose(await valuesOf(() => neighbourShares(tensor2d([[2, 0.1]]), bank, { neighbours: 3, temperature: 0.001 })), [1, 0], 1e-6)
  })
})

function distinct(query: number[], rows: number[][]): boolean {
  const cosines = rows.map((row) => row.reduce((sum, value, d) => sum + value * query[d]!, 0) / Math.hypot(...row) / Math.hypot(...query))
  const sorted = cosines.toSorted((a, b) => a - b)
  return sorted.every((cosine, i) => i === 0 || cosine - sorted[i - 1]! > 1e-4)
}
