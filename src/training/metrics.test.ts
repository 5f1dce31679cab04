import { memory, scalar, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { METRICS } from './events'
import collapse from './fixtures/collapse.json'
import { measure, type StepResult } from './metrics'

beforeAll(() => connectNodeBackend('cpu'))

const LN4 = Math.log(4)
const UNLABELLED = Int32Array.of(7, 3, 9, 1)

/** The result of a step with these targets and cosines. */
function resultOf(assignments: number[][], scores = assignments): StepResult {
  return {
    losses: { loss: scalar(0.5), unlabelledLoss: scalar(0.25), labelledLoss: scalar(0.75) },
    targets: { assignments: tensor2d(assignments), scores: tensor2d(scores) },
  }
}

const peaked = (...winners: number[]) => winners.map((winner) => [0, 1, 2, 3].map((k) => (k === winner ? 0.94 : 0.02)))
const measured = (result: StepResult, sampleRows = 0, classes = [0, 1, 2, 3]) =>
  measure(result, tensor1d(classes, 'int32'), 0.1, UNLABELLED, sampleRows)

describe('the numbers of a step', () => {
  it('are those of a healthy clustering', async () => {
    const { metrics, usage, sample } = await measured(resultOf(peaked(0, 1, 2, 3)))
    expect(metrics).toMatchObject({ loss: 0.5, unlabelledLoss: 0.25, labelledLoss: 0.75, pseudoLabelAccuracy: 1 })
    expect(metrics.assignmentEntropy).toBeCloseTo(0.292884259821, 5)
    expect(metrics.meanAssignmentEntropy).toBeCloseTo(LN4, 5)
    expect(metrics.meanPredictionEntropy).toBeCloseTo(LN4, 5)
    expect([...usage]).toEqual([0.25, 0.25, 0.25, 0.25])
    expect(sample).toBeUndefined()
  })

  it('tell a collapse into one prototype', async () => {
    const { metrics, usage } = await measured(resultOf(peaked(0, 0, 0, 0)))
    expect(metrics.assignmentEntropy).toBeCloseTo(0.292884259821, 5)
    expect(metrics.meanAssignmentEntropy).toBeCloseTo(0.292884259821, 5)
    expect(metrics.pseudoLabelAccuracy).toBe(0.25)
    expect([...usage]).toEqual([1, 0, 0, 0])
  })

  it('tell a collapse into evenness', async () => {
    const even = Array.from({ length: 4 }, () => [0.25, 0.25, 0.25, 0.25])
    const { metrics } = await measured(resultOf(even))
    expect(metrics.assignmentEntropy).toBeCloseTo(LN4, 5)
    expect(metrics.meanAssignmentEntropy).toBeCloseTo(LN4, 5)
  })

  it('are numbers for hard targets too', async () => {
    const { metrics } = await measured(resultOf([[1, 0, 0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0]]))
    expect(metrics.assignmentEntropy).toBeCloseTo(0, 6)
    expect(metrics.meanAssignmentEntropy).toBeCloseTo(Math.log(2), 5)
  })

  it('are NaN where a supervised run has none', async () => {
    const { metrics, usage } = await measure(
      { losses: { loss: scalar(2), labelledLoss: scalar(2) } }, undefined, 0.1, new Int32Array(0), 5,
    )
    expect(Object.keys(metrics)).toEqual([...METRICS])
    expect(metrics).toMatchObject({ loss: 2, labelledLoss: 2, unlabelledLoss: NaN, assignmentEntropy: NaN })
    expect(usage).toHaveLength(0)
  })
})

describe('the signals of collapse', () => {
  it.each(collapse.regimes)('tell the regime “$name” by the reference’s entropies', async (regime) => {
    // Scores whose softmax at temperature 0.1 are these predictions.
    const scores = regime.predictions.map((row) => row.map((share) => 0.1 * Math.log(share)))
    const { metrics, usage } = await measured(resultOf(regime.predictions, scores))
    expect(metrics.predictionEntropy).toBeCloseTo(regime.predictionEntropy, 5)
    expect(metrics.meanPredictionEntropy).toBeCloseTo(regime.meanPredictionEntropy, 5)
    expect([...usage].map((share) => share * 4)).toEqual(regime.histogram)
    const sharpest = regime.predictions.map((row) => Math.max(...row))
    expect(metrics.assignmentSharpness).toBeCloseTo(sharpest.reduce((sum, share) => sum + share) / 4, 5)
  })

  it.each([
    ['all over the sphere', [[5, 0], [-1, 0], [0, 2], [0, -0.1]], 1],
    ['all in one direction', [[1, 2], [2, 4], [0.1, 0.2], [3, 6]], 0],
    ['in two directions', [[1, 0], [1, 0], [0, 1], [0, 1]], Math.SQRT1_2],
  ])('tell features that lie %s', async (_where, rows, spread) => {
    const { metrics } = await measured({ ...resultOf(peaked(0, 1, 2, 3)), features: tensor2d(rows) })
    expect(metrics.featureSpread).toBeCloseTo(spread, 5)
  })
})

it.each([[[1, 2, 3], true], [[1, NaN, 3], false], [[1, -Infinity, 3], false]])('a state of %j is sound: %s', async (numbers, sound) => {
  const { losses, targets } = resultOf(peaked(0, 1, 2, 3))
  expect((await measured({ losses, targets, state: tensor1d(numbers) })).sound).toBe(sound)
  expect((await measured({ losses: { ...losses, loss: scalar(NaN) }, targets, state: tensor1d([0]) })).sound).toBe(false)
})

it('a sample holds the first rows: which pictures, their targets, softmax of their cosines', async () => {
  const before = memory().numTensors
  const result = resultOf(peaked(2, 1, 0, 3), [[0.1, 0, 0, 0], [0, 0.2, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
  const { sample } = await measured(result, 2)
  expect([...sample!.pictures]).toEqual([7, 3])
  expect(sample!.prototypes).toBe(4)
  expect(sample!.assignments[2]).toBeCloseTo(0.94, 5)
  expect(sample!.predictions[0]).toBeCloseTo(Math.E / (Math.E + 3), 5)
  expect(sample!.predictions[5]).toBeCloseTo(Math.E ** 2 / (Math.E ** 2 + 3), 5)
  expect((await measured(result, 50)).sample!.pictures).toHaveLength(4)
  // Three losses, two targets, and the classes of each of the two calls.
  expect(memory().numTensors).toBe(before + 5 + 2)
})
