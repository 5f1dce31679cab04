import { describe, expect, it } from 'vitest'
import { METHODS } from '../recipe/field'
import { DEFAULT_RECIPE, fieldOf, isUsedBy, parseRecipe, type Changes, type FieldName } from '../recipe/recipe'
import { cureOf } from './cure'
import { TROUBLES, diagnose, type Signs } from './diagnosis'

const lnK = Math.log(10)

/** Signs of a run of ten prototypes, from numbers in nats as the command line prints them. */
function signs(changes: Changes, values: { U?: number; lab?: number; soft?: number; q?: number; p?: number }, step = 220): Signs {
  const share = (value: number | undefined) => (value === undefined ? undefined : value / lnK)
  return {
    recipe: { ...DEFAULT_RECIPE, ...changes }, step, prototypes: 10, unlabelledLoss: share(values.U), labelledLoss: share(values.lab),
    softness: share(values.soft), balance: share(values.q), usage: share(values.p),
  }
}

describe('the diagnosis of runs that were measured', () => {
  it.each([
    ['Healthy', signs({}, { U: 2.126, lab: 1.464, soft: 1.466, q: 2.302, p: 2.3 })],
    ['Healthy', signs({}, { U: 2.212, lab: 2.052, soft: 1.866, q: 2.302, p: 2.281 }, 40)],
    ['Healthy', signs({ method: 'daino' }, { U: 2.094, lab: 1.435, soft: 1.678, q: 2.261, p: 2.279 })],
    ['Uniform', signs({ epsilon: 0.5 }, { U: 2.38, lab: 1.72, soft: 2.299, q: 2.303, p: 2.302 })],
    ['Uniform', signs({ method: 'daino', teacherTemperature: 0.5 }, { U: 2.379, lab: 1.741, soft: 2.3, q: 2.303, p: 2.302 })],
    ['Uneven', signs({ method: 'daino', centreMomentum: 1 }, { U: 1.58, lab: 1.566, soft: 1.182, q: 1.624, p: 1.981 })],
    ['Diverged', signs({ learningRate: 5 }, { U: 7.542, lab: 7.583, soft: 1.709, q: 2.293, p: 1.723 }, 40)],
    ['Labels not yet aligned', signs({ labelledWeight: 0 }, { U: 1.672, lab: 3.231, soft: 1.349, q: 2.283, p: 2.281 })],
    ['All in one prototype', { ...signs({}, { U: 2, lab: 2, soft: 1.4, q: 2.3, p: 2.2 }), largestShare: 0.8 }],
    ['Diverged', { ...signs({}, {}, 3), stopped: true }],
    ['Ready', signs({}, {}, 0)],
    ['Warming up', signs({}, { U: 3.112, lab: 3.227, soft: 1.04, q: 2.3, p: 1 }, 1)],
    ['Healthy', signs({ method: 'supervised' }, { lab: 1.2 })],
  ])('is “%s”', (title, given) => {
    expect(diagnose(given).title).toBe(title)
  })
})

describe('the cure', () => {
  it.each([
    ['uniform', { epsilon: 0.5 }, { label: 'Set ε to 0.05', changes: { epsilon: 0.05 }, restart: false }],
    ['uniform', { method: 'daino', teacherTemperature: 0.5 }, { label: 'Set τₜ to 0.05', changes: { teacherTemperature: 0.05 }, restart: false }],
    ['one prototype', { balancing: 'off' }, { label: 'Set targets to “Balanced”', changes: { balancing: 'on' }, restart: false }],
    ['uneven', { method: 'daino', centreMomentum: 1 }, { label: 'Set centre momentum to 0.9', changes: { centreMomentum: 0.9 }, restart: false }],
    ['one prototype', { method: 'dino', centreMomentum: 1 }, { label: 'Set centre momentum to 0.9', changes: { centreMomentum: 0.9 }, restart: false }],
    ['diverged', { learningRate: 5 }, { label: 'Restart with learning rate 1', changes: { learningRate: 1 }, restart: true }],
    ['not aligned', { labelledWeight: 0 }, { label: 'Set labelled weight to 0.4', changes: { labelledWeight: 0.4 }, restart: false }],
    ['not aligned', { labelsPerClass: 4 }, { label: 'Set labels per class to 8', changes: { labelsPerClass: 8 }, restart: false }],
  ] as const)('of “%s” under %o', (trouble, changes, cure) => {
    expect(cureOf(trouble, { ...DEFAULT_RECIPE, ...changes }, 10).cure).toEqual(cure)
  })

  it('is always a recipe that can be run, of fields that the method reads, and live only where all of them are', () => {
    for (const method of METHODS) for (const trouble of TROUBLES) for (const odd of [{}, { epsilon: 1, learningRate: 0.0001, balancing: 'off', labelsPerClass: 500 } as const]) {
      const recipe = { ...DEFAULT_RECIPE, method, ...odd }
      const { cure } = cureOf(trouble, recipe, 100)
      if (!cure) continue
      expect(() => parseRecipe(cure.changes, recipe)).not.toThrow()
      const names = Object.keys(cure.changes) as FieldName[]
      expect(names.every((name) => isUsedBy(name, method))).toBe(true)
      if (!cure.restart) expect(names.every((name) => fieldOf(name).live)).toBe(true)
    }
  })
})
