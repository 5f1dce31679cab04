import { div, matMul, softmax, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { expectClose, madeUp, valuesOf } from '../compute/trial'
import { unitRows } from '../compute/unit-rows'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { centredAssignment, sinkhornAssignment, type Assignment, type Globals } from './assignment'

beforeAll(() => connectNodeBackend('cpu'))

const PROTOTYPES = 3
const RECIPE: Recipe = { ...DEFAULT_RECIPE, featureSize: 4, epsilon: 0.5, teacherTemperature: 0.5 }

/** Two views of two pictures. */
function globals(seed: number): Globals {
  const prototypes = unitRows(madeUp([PROTOTYPES, 4], 9))
  const features = unitRows(madeUp([4, 4], seed))
  return { features, prototypes, scores: matMul(features, prototypes, false, true) as Tensor2D }
}

function targetsOf(assignment: Assignment, seed: number, recipe: Recipe): Promise<number[]> {
  return valuesOf(() => assignment.targets(globals(seed), recipe))
}

describe('balancing switched off', () => {
  it.each([
    ['Suave', () => sinkhornAssignment(RECIPE)],
    ['Daino', () => centredAssignment(PROTOTYPES)],
  ])('leaves %s the plain softmax of the scores', async (_name, create) => {
    const assignment = create()
    const plain = await valuesOf(() => softmax(div(globals(1).scores, 0.5) as Tensor2D))
    // The first step would be the same with a centre that is still zero.
    await targetsOf(assignment, 2, { ...RECIPE, balancing: 'on' })
    expectClose(await targetsOf(assignment, 1, { ...RECIPE, balancing: 'off' }), plain, 1e-5)
    expect(await targetsOf(assignment, 1, { ...RECIPE, balancing: 'on' })).not.toEqual(plain)
    assignment.dispose()
  })
})

it('the queue is filled from the step on that the recipe names', async () => {
  const changedAt = async (queueFrom: number) => {
    const queued = sinkhornAssignment({ ...RECIPE, queueLength: 2 })
    const alone = sinkhornAssignment({ ...RECIPE, queueLength: 0 })
    const steps = [0, 1, 2, 3, 4]
    const same: boolean[] = []
    for (const step of steps) {
      const recipe = { ...RECIPE, queueFrom }
      same.push(String(await targetsOf(queued, step, recipe)) === String(await targetsOf(alone, step, recipe)))
    }
    queued.dispose()
    alone.dispose()
    return same.indexOf(false)
  }
  // Two views of two pictures fill both queues of two in one step: the next one balances with them.
  expect(await changedAt(0)).toBe(1)
  expect(await changedAt(2)).toBe(3)
})
