import { tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import {
  centred, columnSums, crossEntropy, divergence, entropy, matrix, rowOf, rowSums, sinkhornMoments, softmaxRows, type Matrix,
} from './by-hand'
import { centredTargets, plainTargets } from './centring'
import { sinkhorn } from '../compute/sinkhorn'
import vectors from './fixtures/by-hand.json'

beforeAll(() => connectNodeBackend('cpu'))

const cosines = fc.integer({ min: 2, max: 7 }).chain((columns) => fc.integer({ min: 1, max: 6 }).chain((rows) =>
  fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: rows * columns, maxLength: rows * columns })
    .map((values) => matrix(values, columns))))
const tensorOf = ({ values, rows, columns }: Matrix) => tensor2d(Float32Array.from(values), [rows, columns])

async function expectNear(tensor: Tensor2D, { values }: Matrix) {
  const numbers = await tensor.data()
  values.forEach((value, i) => expect(numbers[i]).toBeCloseTo(value, 4))
}

describe('Sinkhorn by hand', () => {
  it('ends where the step’s own Sinkhorn ends', async () => {
    await fc.assert(fc.asyncProperty(cosines, fc.constantFrom(0.02, 0.05, 0.3), fc.integer({ min: 1, max: 5 }), async (scores, epsilon, iterations) => {
      await expectNear(sinkhorn(tensorOf(scores), epsilon, iterations), sinkhornMoments(scores, epsilon, iterations).at(-1)!.mass)
    }), { numRuns: 30 })
  })

  it('has as many units of mass as pictures at every moment, and equalises what it says', () => {
    fc.assert(fc.property(cosines, fc.constantFrom(0.05, 1), (scores, epsilon) => {
      for (const { balanced, mass } of sinkhornMoments(scores, epsilon, 3)) {
        expect(rowSums(mass).reduce((sum, value) => sum + value)).toBeCloseTo(scores.rows, 8)
        if (balanced === 'pictures') for (const sum of rowSums(mass)) expect(sum).toBeCloseTo(1, 8)
        if (balanced === 'prototypes') for (const sum of columnSums(mass)) expect(sum).toBeCloseTo(scores.rows / scores.columns, 8)
      }
    }))
  })

  it.each(vectors.halfSteps)('takes the reference’s half-steps at ε $epsilon', ({ scores, epsilon, shares }) => {
    const moments = sinkhornMoments(matrix(scores.flat(), 3), epsilon, 3)
    expect(moments).toHaveLength(shares.length)
    shares.forEach((expected, moment) => expected.flat().forEach((share, i) => {
      expect(moments[moment]!.mass.values[i]! / scores.length).toBeCloseTo(share, 10)
    }))
  })

  it.each(vectors.converged)('comes to rest where the reference does at ε $epsilon: $scores', ({ scores, epsilon, assignments }) => {
    const { mass } = sinkhornMoments(matrix(scores.flat(), scores[0]!.length), epsilon, 20_000).at(-1)!
    assignments.flat().forEach((share, i) => expect(mass.values[i]).toBeCloseTo(share, 9))
  })

  it('begins at exp(s/ε) but for a factor', () => {
    const { mass } = sinkhornMoments(matrix([0.5, 0.1, -0.2, 0.3], 2), 0.1, 1)[0]!
    expect(mass.values[0]! / mass.values[3]!).toBeCloseTo(Math.exp(2), 8)
  })
})

it('centring and sharpening by hand agree with the step’s own', async () => {
  await fc.assert(fc.asyncProperty(cosines, fc.constantFrom(0.04, 0.3), async (scores, temperature) => {
    const centre = Array.from({ length: scores.columns }, (_, k) => 0.1 * k - 0.2)
    await expectNear(centredTargets(tensorOf(scores), tensor1d(centre), temperature), softmaxRows(centred(scores, centre), temperature))
  }), { numRuns: 30 })
})

it.each(vectors.plainSoftmax)('a plain softmax is the reference’s at $temperature, by hand and in the step', async ({ scores, temperature, shares }) => {
  const byHand = softmaxRows(matrix(scores.flat(), 3), temperature)
  shares.flat().forEach((share, i) => expect(byHand.values[i]).toBeCloseTo(share, 10))
  await expectNear(plainTargets(tensor2d(scores), temperature), byHand)
})

describe('entropies', () => {
  it('part the reference’s loss into what the teacher leaves open and what the student misses', () => {
    const { teacher, student, temperature, ...expected } = vectors.predictions
    // Each view’s targets are predicted by the other view.
    const predictions = [student[1]!, student[0]!].flatMap((view) => {
      const p = softmaxRows(matrix(view.flat(), 3), temperature)
      return view.map((_, row) => rowOf(p, row))
    })
    const meanOf = (measure: (q: number[], row: number) => number) => teacher.map(measure).reduce((sum, value) => sum + value) / teacher.length
    expect(meanOf(entropy)).toBeCloseTo(expected.entropy, 10)
    expect(meanOf((q, row) => divergence(q, predictions[row]!))).toBeCloseTo(expected.divergence, 10)
    expect(meanOf((q, row) => crossEntropy(q, predictions[row]!))).toBeCloseTo(expected.loss, 10)
  })

  it('are those of known distributions', () => {
    expect(entropy([0.5, 0.5, 0])).toBeCloseTo(Math.log(2), 12)
    expect(crossEntropy([1, 0], [0.25, 0.75])).toBeCloseTo(Math.log(4), 12)
    expect(divergence([0.5, 0.5], [0.25, 0.75])).toBeCloseTo(0.5 * Math.log(4 / 3), 12)
  })

  it('make the divergence of a distribution from itself zero, and from another positive', () => {
    fc.assert(fc.property(cosines, (scores) => {
      const p = softmaxRows(scores, 0.1)
      expect(divergence(rowOf(p, 0), rowOf(p, 0))).toBe(0)
      expect(divergence(rowOf(p, 0), rowOf(softmaxRows(scores, 5), 0))).toBeGreaterThanOrEqual(0)
    }))
  })
})
