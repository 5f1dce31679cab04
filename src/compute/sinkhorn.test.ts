import { add, gather, mul, tensor1d, tensor2d, transpose, zeros, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from './connect-node'
import { expectClose, madeUp, referenceNumbers, valuesOf } from './trial'
import { fieldOf } from '../recipe/recipe'
import vectors from './fixtures/sinkhorn.json'
import { sinkhorn } from './sinkhorn'

beforeAll(() => connectNodeBackend('cpu'))

describe('Sinkhorn', () => {
  it.each(vectors.cases)('gives the reference assignments: $name', async ({ scores, epsilon, iterations, assignments }) => {
    expectClose(await valuesOf(() => sinkhorn(tensor2d(scores), epsilon, iterations)), assignments.flat(), 2e-5)
  })

  it.each(vectors.misreadings)('is not what it is often taken for: $name, ε $epsilon', async ({ scores, epsilon, iterations, assignments }) => {
    const got = await valuesOf(() => sinkhorn(tensor2d(scores), epsilon, iterations))
    expect(Math.max(...assignments.flat().map((share, i) => Math.abs(share - got[i]!)))).toBeGreaterThan(2e-4)
  })

  it('softens with ε as the reference does', async () => {
    for (const { epsilon, meanEntropy, entropyOfMean } of vectors.epsilonSweep) {
      const q = rowsOf(await valuesOf(() => sinkhorn(sweepScores(), epsilon, 3)), 10)
      expect(meanOf(q.map(entropy))).toBeCloseTo(meanEntropy, 4)
      expect(entropy(columnMeans(q))).toBeCloseTo(entropyOfMean, 4)
    }
  })

  it('balances the prototypes with each iteration as the reference does', async () => {
    const skewed = () => add(sweepScores(), tensor1d([0.8, 0, 0, 0, 0, 0, 0, 0, 0, 0])) as Tensor2D
    for (const { iterations, worstMassError, massOfFirst } of vectors.iterationSweep) {
      const mass = columnMeans(rowsOf(await valuesOf(() => sinkhorn(skewed(), 0.05, iterations)), 10))
      expect(mass[0]).toBeCloseTo(massOfFirst, 4)
      expect(Math.max(...mass.map((share) => Math.abs(share - 0.1)))).toBeCloseTo(worstMassError, 4)
    }
  })

  it('permutes with samples and with prototypes', async () => {
    const order = () => tensor1d([3, 0, 4, 1, 2], 'int32')
    const scores = () => madeUp([5, 5])
    const assigned = () => sinkhorn(scores(), 0.05, 3)
    expectClose(await valuesOf(() => sinkhorn(gather(scores(), order()), 0.05, 3)), await valuesOf(() => gather(assigned(), order())), 1e-5)
    expectClose(
      await valuesOf(() => sinkhorn(gather(scores(), order(), 1), 0.05, 3)),
      await valuesOf(() => gather(assigned(), order(), 1)), 1e-5,
    )
  })

  it('does not see a constant added to all scores', async () => {
    const scores = () => madeUp([6, 4])
    expectClose(await valuesOf(() => sinkhorn(add(scores(), 3) as Tensor2D, 0.05, 3)), await valuesOf(() => sinkhorn(scores(), 0.05, 3)), 1e-4)
  })

  it('gives a lone sample to the prototypes evenly, as balance demands', async () => {
    expectClose(await valuesOf(() => sinkhorn(tensor2d([[0.9, 0.1, -0.5]]), 0.05, 3)), [1 / 3, 1 / 3, 1 / 3], 1e-5)
  })
})

describe.each(['cpu', 'wasm'] as const)('on %s', (backend) => {
  beforeAll(() => connectNodeBackend(backend))

  const degenerate: Record<string, () => Tensor> = {
    'made-up scores': () => madeUp([7, 5]),
    'identical scores': () => add(zeros([6, 4]), 0.9),
    'identical samples': () => mul(add(zeros([6, 1]), 1), tensor2d([[1, -1, 0.5, -0.5]])),
    'a prototype opposite to everything': () => tensor2d([[1, 0.9, -1], [0.9, 1, -1], [1, 1, -1], [0.8, 1, -1]]),
    'a sample opposite to everything': () => transpose(tensor2d([[1, 0.9, -1], [0.9, 1, -1], [1, 1, -1]])),
    'all or nothing': () => tensor2d([[1, -1], [1, -1], [1, -1], [-1, 1]]),
  }

  it.each(Object.keys(degenerate))('rows are finite and sum to one over the whole slider range: %s', async (name) => {
    for (const epsilon of rangeOf('epsilon')) {
      for (const iterations of rangeOf('sinkhornIterations')) {
        const scores = degenerate[name]!()
        const prototypes = scores.shape[1]!
        const rows = rowsOf(await valuesOf(() => sinkhorn(scores as Tensor2D, epsilon, iterations)), prototypes)
        scores.dispose()
        for (const row of rows) {
          expect(row.every((share) => share >= 0)).toBe(true)
          expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4)
        }
      }
    }
  })
})

/** Both ends of a field’s slider and its default. */
function rangeOf(name: 'epsilon' | 'sinkhornIterations'): number[] {
  const field = fieldOf(name)
  return field.kind === 'number' ? [field.minimum, field.default, field.maximum] : []
}

/** The scores of both sweeps. */
const sweepScores = () => referenceNumbers(64, 10, 1)

function rowsOf(values: number[], columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) => values.slice(row * columns, (row + 1) * columns))
}

function columnMeans(rows: number[][]): number[] {
  return rows[0]!.map((_, column) => meanOf(rows.map((row) => row[column]!)))
}

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function entropy(shares: number[]): number {
  return shares.reduce((sum, share) => sum - (share > 0 ? share * Math.log(share) : 0), 0)
}
