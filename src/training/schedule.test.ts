import { describe, expect, it } from 'vitest'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { cosine, linearRamp, recipeAt } from './schedule'

const recipe = (changes: Partial<Recipe>): Recipe => ({ ...DEFAULT_RECIPE, ...changes })

describe('the learning rate', () => {
  const rateAt = (step: number, changes: Partial<Recipe>) => recipeAt(step, recipe(changes)).learningRate

  it.each([[0, 0], [1, 0.008163265306], [25, 0.204081632653], [49, 0.4], [50, 0.4]])('at step %i of its warm-up is the reference’s', (step, rate) => {
    expect(rateAt(step, { learningRate: 0.4, warmup: 50, steps: 1000 })).toBeCloseTo(rate, 10)
  })

  it('falls by half a cosine to zero at the end', () => {
    const changes = { learningRate: 0.4, warmup: 50, steps: 1000 }
    expect(rateAt(525, changes)).toBeCloseTo(0.2, 10)
    expect(rateAt(999, changes)).toBeGreaterThan(0)
    expect(rateAt(999, changes)).toBeLessThan(1e-5)
  })

  it('begins at its peak without a warm-up, and with one of a single step', () => {
    expect(rateAt(0, { learningRate: 0.4, warmup: 0 })).toBe(0.4)
    expect(rateAt(0, { learningRate: 0.4, warmup: 1 })).toBe(0.4)
  })

  it('is a number all along a run that is no longer than its warm-up', () => {
    for (const step of [0, 1, 2, 3]) {
      expect(rateAt(step, { learningRate: 0.4, warmup: 4, steps: 4 })).toBeCloseTo((0.4 * step) / 3, 10)
    }
  })
})

describe('a cosine', () => {
  it.each([[0, 0.4], [1, 0.39999890915], [475, 0.2005], [949, 0.00100109085]])('of 950 steps is the reference’s at %i', (step, rate) => {
    expect(cosine(step, 0.4, 0.001, 950)).toBeCloseTo(rate, 10)
  })

  it.each([[0, 0.00096], [280, 0.000485], [559, 1.0007475e-5]])('of 560 steps is the reference’s at %i', (step, rate) => {
    expect(cosine(step, 0.00096, 1e-5, 560)).toBeCloseTo(rate, 10)
  })

  it.each([[0, 0.04], [300, 0.22], [599, 0.399997532605]])('that rises over 600 steps is the reference’s at %i', (step, value) => {
    expect(cosine(step, 0.04, 0.4, 600)).toBeCloseTo(value, 10)
  })
})

it.each([[0, 0.99], [1, 0.990000068539], [150, 0.991464466094], [300, 0.995], [599, 0.999999931461]])(
  'the teacher’s momentum at step %i is the reference’s', (step, momentum) => {
    expect(recipeAt(step, recipe({ emaMomentum: 0.99, steps: 600 })).emaMomentum).toBeCloseTo(momentum, 10)
  },
)

describe('the teacher’s temperature', () => {
  const changes = { teacherTemperatureStart: 0.04, teacherTemperature: 0.07, teacherTemperatureWarmup: 10 }

  it('warms up as the reference does, both ends included', () => {
    const values = Array.from({ length: 12 }, (_, step) => recipeAt(step, recipe(changes)).teacherTemperature)
    const expected = [
      0.04, 0.043333333333, 0.046666666667, 0.05, 0.053333333333, 0.056666666667, 0.06, 0.063333333333, 0.066666666667,
      0.07, 0.07, 0.07,
    ]
    values.forEach((value, step) => expect(value).toBeCloseTo(expected[step]!, 10))
  })

  it('is its own from the start without a warm-up', () => {
    expect(linearRamp(0, 0.04, 0.07, 0)).toBe(0.07)
  })
})

it('leaves the rest of the recipe as it is', () => {
  const { learningRate: _, teacherTemperature: __, emaMomentum: ___, ...rest } = recipeAt(5, DEFAULT_RECIPE)
  expect(DEFAULT_RECIPE).toMatchObject(rest)
})
