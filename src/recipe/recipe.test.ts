import { describe, expect, it } from 'vitest'
import { GROUPS, METHODS } from './field'
import { applyPreset, PRESETS } from './presets'
import {
  countsIn, DEFAULT_RECIPE, FIELD_NAMES, differences, fieldOf, isUsedBy, LIVE_FIELDS, parseRecipe, RecipeError, type Changes, type FieldName,
} from './recipe'

describe.each(FIELD_NAMES)('the field %s', (name) => {
  const field = fieldOf(name)

  it('says what it is and where it stands', () => {
    expect(field.label).toMatch(/^[A-Z]/)
    expect(field.explanation).toMatch(/^[A-Z].{10,}\.$/)
    expect(GROUPS).toContain(field.group)
    for (const method of field.methods ?? []) expect(METHODS).toContain(method)
  })

  it('has a default inside its range, and a step that fits into it', () => {
    if (field.kind === 'choice') {
      expect(field.options.map((option) => option.value)).toContain(field.default)
      return
    }
    if (field.kind === 'text') return expect(field.default.length).toBeLessThanOrEqual(field.maximum)
    expect(field.minimum).toBeLessThan(field.maximum)
    expect(field.default).toBeGreaterThanOrEqual(field.minimum)
    expect(field.default).toBeLessThanOrEqual(field.maximum)
    expect(field.step).toBeLessThanOrEqual(field.maximum - field.minimum)
    if (field.scale === 'log') expect(field.minimum).toBeGreaterThan(0)
    if (field.whole) expect([field.minimum, field.maximum, field.default, field.step].every(Number.isInteger)).toBe(true)
  })

  it('takes both ends of its range and nothing beyond', () => {
    if (field.kind === 'choice') {
      for (const { value } of field.options) expect(parseRecipe({ [name]: value })[name]).toBe(value)
      return
    }
    if (field.kind === 'text' && field.grammar) {
      for (const value of ['', '3.a*2_5']) expect(parseRecipe({ [name]: value })[name]).toBe(value)
      expect(() => parseRecipe({ [name]: 'any words' })).toThrow(field.grammar.cure)
      return
    }
    if (field.kind === 'text') {
      for (const value of ['', 'x'.repeat(field.maximum)]) expect(parseRecipe({ [name]: value })[name]).toBe(value)
      for (const value of ['x'.repeat(field.maximum + 1), 'two\nlines', 1, null, undefined, ['x']]) {
        expect(() => parseRecipe({ [name]: value })).toThrow(RecipeError)
      }
      return
    }
    for (const value of [field.minimum, field.maximum]) expect(parseRecipe({ [name]: value })[name]).toBe(value)
    for (const value of [field.minimum - 1, field.maximum + 1, NaN, Infinity, -Infinity, '1', null, undefined, true, [1]]) {
      expect(() => parseRecipe({ [name]: value })).toThrow(RecipeError)
    }
  })
})

describe('a recipe from outside', () => {
  it.each<[unknown, string]>([
    [{ epsilom: 1 }, 'The recipe has no field “epsilom”; did you mean “epsilon”?'],
    [{ whatever: 1 }, 'The recipe has no field “whatever”.'],
    [JSON.parse('{"__proto__": {"epsilon": 0.1}}'), 'The recipe has no field “__proto__”'],
    [{ constructor: 1 }, 'The recipe has no field “constructor”'],
    [{ epsilon: 0.001 }, 'epsilon cannot be 0.001; give a number from 0.01 to 1.'],
    [{ steps: 2.5 }, 'steps cannot be 2.5; give a whole number from 1 to 100000.'],
    [{ steps: '10' }, 'steps cannot be “10”; give a whole number'],
    [{ classes: 'cat\ndog' }, 'classes cannot be “cat\ndog”; give one line of at most 8000 characters.'],
    [{ method: 'moco' }, 'method cannot be “moco”; choose one of suave, daino, swav, dino, paws, s4l, supervised.'],
    [{ method: 3 }, 'method cannot be 3; choose one of'],
    [{ method: 'x'.repeat(60) }, `method cannot be “${'x'.repeat(40)}”`],
    [null, 'A recipe must be a set of named values.'],
    ['suave', 'A recipe must be a set of named values.'],
    [[1], 'A recipe must be a set of named values.'],
  ])('%j is answered by a sentence', (values, sentence) => {
    expect(() => parseRecipe(values)).toThrow(RecipeError)
    expect(() => parseRecipe(values)).toThrow(sentence)
  })

  it('fills what it leaves out from its base', () => {
    const base = parseRecipe({ method: 'daino', steps: 7 })
    expect(parseRecipe({ steps: 8 }, base)).toEqual({ ...DEFAULT_RECIPE, method: 'daino', steps: 8 })
    expect(parseRecipe({})).toEqual(DEFAULT_RECIPE)
  })
})

it.each(PRESETS)('the preset $id is a valid recipe and keeps pictures, labels, method and seed', (preset) => {
  const mine = parseRecipe({ dataset: 'cifar10', trainSize: 900, testSize: 100, labelsPerClass: 9, method: 'daino', seed: 42, epsilon: 0.3 })
  const recipe = applyPreset(preset, mine)
  expect(parseRecipe(recipe)).toEqual(recipe)
  expect(recipe).toMatchObject({ dataset: 'cifar10', trainSize: 900, testSize: 100, labelsPerClass: 9, method: 'daino', seed: 42 })
  expect(recipe.epsilon).toBe(DEFAULT_RECIPE.epsilon)
})

it('knows what differs, what is live, and which method reads what', () => {
  expect(differences(DEFAULT_RECIPE, { ...DEFAULT_RECIPE, seed: 9, epsilon: 0.2 })).toEqual(['epsilon', 'seed'])
  expect(LIVE_FIELDS).toEqual(expect.arrayContaining(['epsilon', 'temperature', 'learningRate', 'labelledWeight']))
  expect(LIVE_FIELDS).not.toEqual(expect.arrayContaining(['width']))
  expect(isUsedBy('epsilon', 'suave')).toBe(true)
  expect(isUsedBy('epsilon', 'daino')).toBe(false)
  expect(isUsedBy('temperature', 'supervised')).toBe(true)
  expect(isUsedBy('cifar100Labels', 'suave')).toBe(true)
  expect(isUsedBy('cifar100Labels', 'suave', 'cifar100')).toBe(true)
  expect(isUsedBy('cifar100Labels', 'suave', 'shapes')).toBe(false)
})

it.each<[FieldName, Changes, Changes]>([
  ['emaMomentum', { method: 'suave' }, { method: 'suave', targetNetwork: 'teacher' }],
  ['emaMomentum', { method: 'daino', targetNetwork: 'student' }, { method: 'daino' }],
  ['sinkhornIterations', { balancing: 'off' }, {}],
  ['centreMomentum', { method: 'daino', balancing: 'off' }, { method: 'daino' }],
  ['labelledWeight', { labelledWeighting: 'rows' }, {}],
  ['queueFrom', {}, { queueLength: 32 }],
  ['teacherTemperatureStart', { method: 'dino', teacherTemperatureWarmup: 0 }, { method: 'dino' }],
  ['smallViewSize', {}, { smallViews: 2 }],
  ['momentum', { optimiser: 'adamw' }, { optimiser: 'lars' }],
  ['beta2', {}, { optimiser: 'adamw' }],
  ['trustCoefficient', {}, { optimiser: 'lars' }],
  ['jitter', { method: 'supervised' }, { method: 's4l' }],
])('%s counts for nothing with %o, but with %o', (name, without, withIt) => {
  expect(countsIn(name, { ...DEFAULT_RECIPE, ...without })).toBe(false)
  expect(countsIn(name, { ...DEFAULT_RECIPE, ...withIt })).toBe(true)
})
