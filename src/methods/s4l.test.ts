import { concat, grads, oneHot, tensor2d, tensor4d, zeros, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { allValuesOf, differences, expectClose, madeUp, valuesOf } from '../compute/trial'
import vectors from './fixtures/s4l.json'
import { rotated, s4lLoss } from './s4l'

beforeAll(() => connectNodeBackend('cpu'))

const PLAIN = { temperature: 1, labelSmoothing: 0, rotationWeight: 1 }

it('turns pictures counter-clockwise as the reference does, all of one rotation after the other', async () => {
  const picture = vectors.image.flat()
  const other = picture.map((value) => -value)
  const turned = await valuesOf(() => rotated(tensor4d([...picture, ...other], [2, 3, 3, 1])))
  expect(turned).toEqual(vectors.rotations.flatMap((one) => [...one.flat(), ...one.flat().map((value) => -value)]))
})

it('has the reference’s losses', async () => {
  const guesses = vectors.labelledGuesses.flatMap((row, turn) => [row, vectors.unlabelledGuesses[turn]!])
  const [loss, labelled, rotation] = await allValuesOf(() => {
    const losses = s4lLoss({
      classScores: tensor2d(vectors.classScores), labels: oneHot([vectors.label], 3) as Tensor2D, guesses: tensor2d(guesses),
    }, PLAIN)
    return [losses.loss, losses.labelledLoss, losses.rotationLoss]
  })
  expectClose([...loss!, ...labelled!, ...rotation!], [vectors.total, vectors.classLoss, vectors.rotationLoss], 1e-5)
})

it('counts labelled and unlabelled pictures alike, however many there are of each', async () => {
  const rows = (turn: number) => concat([oneHot([turn], 4), zeros([3, 4])])
  const guesses = concat([0, 1, 2, 3].map(rows)) as Tensor2D
  const [loss] = await valuesOf(() =>
    s4lLoss({ classScores: zeros([4, 3]), labels: oneHot([0], 3) as Tensor2D, guesses }, PLAIN).rotationLoss)
  expect(loss).toBeCloseTo((Math.log(Math.E + 3) - 1 + Math.log(4)) / 2, 5)
})

it('has the slope of its own differences in both heads', async () => {
  const inputs = [madeUp([8, 3]), madeUp([20, 4], 2)] as const
  const loss = (classScores: Tensor, guesses: Tensor) => s4lLoss({
    classScores: classScores as Tensor2D, labels: oneHot([2, 0], 3) as Tensor2D, guesses: guesses as Tensor2D,
  }, { temperature: 0.5, labelSmoothing: 0.1, rotationWeight: 0.7 }).loss
  const slopes = await allValuesOf(() => grads((...leaves) => loss(leaves[0]!, leaves[1]!))([...inputs]))
  expectClose(slopes[0]!, await differences((x) => loss(x, inputs[1]), inputs[0]), 1e-3)
  expectClose(slopes[1]!, await differences((x) => loss(inputs[0], x), inputs[1]), 1e-3)
})
