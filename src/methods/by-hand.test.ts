import { tensor1d, tensor2d, type Tensor2D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import {
  centred, columnSums, crossEntropy, divergence, entropy, matrix, rowOf, rowSums, sinkhornMoments, softmaxRows, type Matrix,
} from './by-hand'
import { centredTargets } from './centring'
import { sinkhorn } from '../compute/sinkhorn'

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

describe('entropies', () => {
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
