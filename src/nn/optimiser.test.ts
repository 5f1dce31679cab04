import { memory, tensor1d, tensor2d, variable, type NamedTensorMap } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { expectClose, valuesOf } from '../compute/trial'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { followStudent } from './ema'
import { createOptimiser } from './optimiser'

beforeAll(() => connectNodeBackend('cpu'))

interface Trial { start: number[]; gradients: number[][]; learningRate: number; decays?: boolean }

/** Where one parameter stands after each gradient. */
async function path({ start, gradients, learningRate, decays = true }: Trial, settings: Partial<Recipe>): Promise<number[][]> {
  const recipe = { ...DEFAULT_RECIPE, ...settings }
  const parameter = { name: 'p', value: variable(tensor1d(start)), decays }
  const optimiser = createOptimiser([parameter], recipe.optimiser)
  const places: number[][] = []
  for (const gradient of gradients) {
    const named: NamedTensorMap = { [parameter.value.name]: tensor1d(gradient) }
    optimiser.step(named, learningRate, recipe)
    places.push(await valuesOf(() => parameter.value.clone()))
  }
  optimiser.dispose()
  parameter.value.dispose()
  return places
}

describe('AdamW', () => {
  it('counts the steps of each parameter: one that thaws late moves as one that begins', async () => {
    const settings = { optimiser: 'adamw', weightDecay: 0 } as const
    const [begun] = await path({ start: [1], gradients: [[0.5]], learningRate: 0.01 }, settings)
    const parameters = ['early', 'late'].map((name) => ({ name, value: variable(tensor1d([1])), decays: true }))
    const [early, late] = parameters.map(({ value }) => value)
    const optimiser = createOptimiser(parameters, 'adamw')
    const recipe = { ...DEFAULT_RECIPE, ...settings }
    const gradient = tensor1d([0.5])
    for (let step = 0; step < 100; step++) optimiser.step({ [early!.name]: gradient }, 0.01, recipe)
    optimiser.step({ [early!.name]: gradient, [late!.name]: gradient }, 0.01, recipe)
    expectClose(await valuesOf(() => late!.clone()), begun!, 1e-6)
    optimiser.dispose()
  })
})

describe('LARS', () => {
  const settings = { optimiser: 'lars', weightDecay: 1e-6, momentum: 0.9, trustCoefficient: 0.001 } as const

  it('takes the reference’s steps', async () => {
    const places = await path({ start: [3, 4], gradients: [[0.6, -0.8], [0.6, -0.8]], learningRate: 0.4 }, settings)
    expectClose(places[0]!, [2.998800000012, 4.001599983984], 1e-7)
    expectClose(places[1]!, [2.996519865552, 4.004640132862], 1e-7)
  })

  it('moves from zero, where there is no length to trust, by the plain gradient', async () => {
    const [place] = await path({ start: [0, 0], gradients: [[0.5, -1]], learningRate: 0.1 }, settings)
    expectClose(place!, [-0.05, 0.1], 1e-7)
  })

  it('stays where the gradient is nothing', async () => {
    expect(await path({ start: [3, 4], gradients: [[0, 0]], learningRate: 0.4 }, settings)).toEqual([[3, 4]])
  })
})

describe('SGD', () => {
  it('adds momentum and decay by hand', async () => {
    const places = await path({ start: [2], gradients: [[1], [1]], learningRate: 0.1 }, { optimiser: 'sgd', momentum: 0.5, weightDecay: 0.1 })
    // v = 1 + 0.2 = 1.2; p = 1.88; v = 0.6 + 1 + 0.188 = 1.788; p = 1.7012
    expectClose(places.flat(), [1.88, 1.7012], 1e-6)
  })

  it('does not decay what shall not', async () => {
    const places = await path({ start: [2], gradients: [[0]], learningRate: 0.1, decays: false }, { optimiser: 'sgd', weightDecay: 0.1 })
    expect(places).toEqual([[2]])
  })
})

it('AdamW begins with steps as long as the learning rate and decays beside them', async () => {
  const places = await path(
    { start: [1, 1], gradients: [[5, -0.01]], learningRate: 0.1 }, { optimiser: 'adamw', weightDecay: 0.1, beta1: 0.9, beta2: 0.999 },
  )
  // 1 − 0.1·0.1 decayed, then ±0.1 whatever the gradient’s size.
  expectClose(places[0]!, [0.89, 1.09], 1e-5)
})

it('AdamW with a large ε takes shorter steps where the gradient is small', async () => {
  const [place] = await path({ start: [1, 1], gradients: [[1, 0.001]], learningRate: 0.1 }, { optimiser: 'adamw', weightDecay: 0, adamEpsilon: 0.001 })
  expectClose(place!, [1 - 0.1 / 1.001, 1 - 0.1 * 0.5], 1e-5)
})

it.each(['sgd', 'adamw', 'lars'] as const)('%s holds its memories and nothing else, step after step', async (optimiser) => {
  const value = variable(tensor1d([1, 2]))
  const gradient = tensor1d([0.1, 0.2])
  const before = memory().numTensors
  const one = createOptimiser([{ name: 'p', value, decays: true }], optimiser)
  const held = memory().numTensors
  one.step({ [value.name]: gradient }, 0.1, { ...DEFAULT_RECIPE, optimiser })
  one.step({ [value.name]: gradient }, 0.1, { ...DEFAULT_RECIPE, optimiser })
  expect(memory().numTensors).toBe(held)
  one.dispose()
  expect(memory().numTensors).toBe(before)
  value.dispose()
  gradient.dispose()
})

describe('the teacher', () => {
  const student = [[1, -2], [0.5, 0.25]]
  const before = [[0, 1], [0.5, -0.75]]

  it.each([
    { momentum: 0.9, once: [0.1, 0.7, 0.5, -0.65], thrice: [0.271, 0.187, 0.5, -0.479] },
    { momentum: 0.99, once: [0.01, 0.97, 0.5, -0.74], thrice: [0.029701, 0.910897, 0.5, -0.720299] },
    { momentum: 0.996, once: [0.004, 0.988, 0.5, -0.746], thrice: [0.011952064, 0.964143808, 0.5, -0.738047936] },
    { momentum: 1, once: before.flat(), thrice: before.flat() },
    { momentum: 0, once: student.flat(), thrice: student.flat() },
  ])('follows the student as the reference does, momentum $momentum', async ({ momentum, once, thrice }) => {
    const parameterOf = (values: number[][]) => ({ name: 'p', value: variable(tensor2d(values)), decays: true })
    const [teacher, own] = [parameterOf(before), parameterOf(student)]
    followStudent([teacher], [own], momentum)
    expectClose(await valuesOf(() => teacher.value.clone()), once, 1e-6)
    followStudent([teacher], [own], momentum)
    followStudent([teacher], [own], momentum)
    expectClose(await valuesOf(() => teacher.value.clone()), thrice, 1e-6)
    expect(await valuesOf(() => own.value.clone())).toEqual(student.flat())
    teacher.value.dispose()
    own.value.dispose()
  })
})
