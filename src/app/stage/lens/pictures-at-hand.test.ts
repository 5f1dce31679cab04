import { expect, it } from 'vitest'
import { DEFAULT_RECIPE, type Recipe } from '../../../recipe/recipe'
import { textOf } from './formulas'
import { picturesAtHand } from './pictures-at-hand'

const [labelled, unlabelled] = [Int32Array.of(7, 8), Int32Array.of(1, 2, 3, 4)]
const step = (method: Recipe['method']) => ({
  recipe: { ...DEFAULT_RECIPE, method },
  stages: { views: { gate: 'views' as const, labelled, unlabelled, pixels: {}, smallViews: 0, smallSide: 0 } },
})

it('formulas speak of unlabelled pictures where these are assigned, else of labelled ones', () => {
  for (const method of ['suave', 'daino', 'swav', 'dino'] as const) {
    expect(picturesAtHand(step(method))).toEqual({ positions: unlabelled, areLabelled: false })
  }
  for (const method of ['paws', 's4l', 'supervised'] as const) {
    expect(picturesAtHand(step(method))).toEqual({ positions: labelled, areLabelled: true })
  }
  expect(picturesAtHand({ recipe: DEFAULT_RECIPE, stages: {} })).toBeUndefined()
})

it('the views are told as each method cuts them', () => {
  const augment = (changes: Partial<Recipe>) => textOf('augment', {
    step: undefined, picture: 0, nameOf: String, recipe: { ...DEFAULT_RECIPE, cropMinimum: 0.14, labelledCropMinimum: 0.08, ...changes },
  })
  expect(augment({ method: 'suave' }).numbers).toContain('14')
  expect(augment({ method: 'suave' }).sentence).toContain('twice')
  expect(augment({ method: 'supervised' }).numbers).toContain('8\\,')
  expect(augment({ method: 'supervised' }).numbers).not.toContain('14')
  expect(augment({ method: 's4l' }).sentence).toContain('once')
})
