import { tensor2d, tidy, type Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { probabilitiesOf, ranked, unpackRanked } from './answers'

beforeAll(() => connectNodeBackend('wasm'))

async function numbersOf(compute: () => Tensor): Promise<Float32Array> {
  const tensor = tidy(compute)
  const numbers = await tensor.data() as Float32Array
  tensor.dispose()
  return numbers
}

it('ranks the three best of each row; of equals the first one is better', async () => {
  const scores = [[0.1, 0.9, -0.4, 0.5], [0.2, 0.2, 0.7, -1]]
  const rows = await numbersOf(() => ranked(tensor2d(scores), tensor2d([[0.2, 0.5, 0.05, 0.25], [0.15, 0.15, 0.6, 0.1]])))
  const { ranks, ranking, probabilities } = unpackRanked(rows, 2)
  expect(ranks).toBe(3)
  expect([...ranking]).toEqual([1, 3, 0, 2, 0, 1])
  expect([...probabilities].map((share) => share.toFixed(2))).toEqual(['0.50', '0.25', '0.20', '0.60', '0.15', '0.15'])
})

it('has no more ranks than there are prototypes', async () => {
  const rows = await numbersOf(() => ranked(tensor2d([[-1, 1]]), tensor2d([[0.1, 0.9]])))
  expect(unpackRanked(rows, 1)).toMatchObject({ ranks: 2, ranking: Uint16Array.of(1, 0) })
})

it('reads probabilities off scores by the temperature, and takes votes as they are', async () => {
  // e^(0.2/0.1) : e^0 = 7.389 : 1
  const soft = await numbersOf(() => probabilitiesOf(tensor2d([[0.2, 0]]), 0.1, false))
  expect(soft[0]).toBeCloseTo(7.389 / 8.389, 4)
  const votes = await numbersOf(() => probabilitiesOf(tensor2d([[0.25, 0.75]]), 0.1, true))
  expect([...votes]).toEqual([0.25, 0.75])
})
