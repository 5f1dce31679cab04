import { memory, setBackend } from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { PICTURE_BYTES } from '../data/picture-set'
import type { Split } from '../data/split'
import { METHODS } from '../recipe/field'
import type { Changes, Recipe } from '../recipe/recipe'
import type { TrainingEvent } from './events'
import { DATA, eventsOf, lossesOf, TINY } from './tiny'
import { train, TrainingError, type RunControls } from './trainer'

beforeAll(() => connectNodeBackend('wasm'))

const outlineOf = (events: TrainingEvent[]) => events.map(({ type, step }) => `${type} ${step}`)

describe('the events of a run', () => {
  it('are metrics at the first step and every so many, evaluations, and the end', async () => {
    expect(outlineOf(await eventsOf({ steps: 7, metricsEvery: 3, evaluateEvery: 5 }))).toEqual([
      'metrics 1', 'stepped 2', 'metrics 3', 'stepped 4', 'stepped 5', 'evaluation 5', 'metrics 6', 'stepped 7',
      'evaluation 7', 'finished 7',
    ])
  })

  it('carry every number of Suave, finite, and usage that sums to one', async () => {
    const [first] = await eventsOf({ steps: 1 })
    if (first?.type !== 'metrics') throw new Error('No metrics came.')
    const others = ['meanEntropyLoss', 'rotationLoss']
    for (const [name, value] of Object.entries(first.metrics)) expect([name, Number.isFinite(value)]).toEqual([name, !others.includes(name)])
    expect(first.usage).toHaveLength(3)
    expect(first.usage.reduce((sum, share) => sum + share)).toBeCloseTo(1, 5)
    expect(first.sample).toBeUndefined()
  })

  it('have as many prototypes as classes and spare ones', async () => {
    const [first] = await eventsOf({ steps: 1, sparePrototypes: 2 })
    expect(first).toMatchObject({ type: 'metrics', usage: { length: 5 } })
  })

  it('show the assignments of as many pictures as somebody watches', async () => {
    const [first] = await eventsOf({ steps: 1 }, DATA, { takeChanges: () => ({}), watched: () => ({ assignments: 5, snapshot: false, answers: false, lens: false }) })
    if (first?.type !== 'metrics' || !first.sample) throw new Error('No sample came.')
    const { pictures, prototypes, assignments, predictions } = first.sample
    expect([pictures.length, prototypes, assignments.length, predictions.length]).toEqual([5, 3, 15, 15])
    for (let row = 0; row < 5; row++) {
      for (const shares of [assignments, predictions]) {
        expect(shares.slice(3 * row, 3 * row + 3).reduce((sum, share) => sum + share)).toBeCloseTo(1, 4)
      }
    }
  })

  it('measure the teacher beside the student where there is one', async () => {
    const evaluations = await Promise.all(['suave', 'daino'].map(async (method) =>
      (await eventsOf({ method: method as Recipe['method'], steps: 1 })).find((event) => event.type === 'evaluation')))
    expect(evaluations[0]).not.toHaveProperty('teacherAccuracy')
    expect(evaluations[1]).toMatchObject({ teacherAccuracy: expect.any(Number) })
    expect(evaluations[1]).toHaveProperty('testAccuracy', (evaluations[1] as { teacherAccuracy: number }).teacherAccuracy)
  })
})

describe('a live change', () => {
  const changeBefore = (step: number, changes: Changes): RunControls => {
    let asked = 0
    return { takeChanges: () => (++asked === step ? changes : {}), watched: () => ({ assignments: 0, snapshot: false, answers: false, lens: false }) }
  }

  it('is announced and obeyed by the very next step, and stays', async () => {
    const plain = await eventsOf({})
    const changed = await eventsOf({}, DATA, changeBefore(3, { temperature: 0.5 }))
    expect(outlineOf(changed)).toEqual(['metrics 1', 'metrics 2', 'applied 2', 'metrics 3', 'metrics 4', 'evaluation 4', 'finished 4'])
    expect(lossesOf(changed).slice(0, 2)).toEqual(lossesOf(plain).slice(0, 2))
    const [cooled, hot] = [0.1, 0.5].map((temperature) => ({ temperature, learningRate: 0.0001 }))
    const [atFirst, always, never] = [
      await eventsOf(cooled!, DATA, changeBefore(3, { temperature: 0.5 })), await eventsOf(hot!), await eventsOf(cooled!),
    ].map(lossesOf)
    // With next to no learning, a step at the new temperature has the loss of a run that was always there.
    for (const step of [2, 3]) {
      expect(Math.abs(atFirst![step]! - always![step]!)).toBeLessThan(0.1)
      expect(Math.abs(atFirst![step]! - never![step]!)).toBeGreaterThan(0.3)
    }
  })
})

describe.each([['cpu', 2], ['wasm', 4]] as const)('on %s', (backend, steps) => {
  beforeEach(() => setBackend(backend))

  it.each(METHODS)('the same recipe gives the same numbers to the last bit: %s', async (method) => {
    const changes = {
      method, steps, unlabelledBatch: 4, labelledBatch: 2, smallViews: 1, smallViewSize: 8, queueLength: 4, teacherTemperatureWarmup: 2,
    }
    const first = await eventsOf(changes)
    expect(await eventsOf(changes)).toEqual(first)
    expect(lossesOf(await eventsOf({ ...changes, seed: 2 }))).not.toEqual(lossesOf(first))
  })
})

it('the backends agree on the first steps', async () => {
  const losses: number[][] = []
  for (const backend of ['cpu', 'wasm'] as const) {
    await setBackend(backend)
    losses.push(lossesOf(await eventsOf({ steps: 2, unlabelledBatch: 4, labelledBatch: 2, smallViews: 1 })))
  }
  losses[0]!.forEach((loss, i) => expect(losses[1]![i]).toBeCloseTo(loss, 3))
})

describe.each(METHODS)('the memory of %s', (method) => {
  const recipe: Recipe = { ...TINY, method, steps: 8, smallViews: 1, smallViewSize: 8, queueLength: 8, optimiser: 'adamw' }

  it('is constant from step to step and comes back when the run ends', async () => {
    const before = memory().numTensors
    const counts: number[] = []
    for await (const event of train(recipe, DATA)) {
      if (event.type === 'metrics') counts.push(memory().numTensors)
    }
    expect(counts[7]).toBe(counts[2])
    expect(memory().numTensors).toBe(before)
  })

  it('comes back when the run is left early', async () => {
    const before = memory().numTensors
    const run = train(recipe, DATA)
    await run.next()
    await run.next()
    expect(memory().numTensors).toBeGreaterThan(before)
    await run.return()
    expect(memory().numTensors).toBe(before)
  })
})

describe('learning', () => {
  it.each(METHODS)('brings the loss of %s down and tells colours apart', async (method) => {
    const events = await eventsOf({
      method, steps: 30, learningRate: 0.05, emaMomentum: 0.7, teacherTemperatureWarmup: 0, jitter: 0, labelledJitter: 0,
      grayscale: 0, labelledGrayscale: 0, width: 4,
    })
    const losses = lossesOf(events)
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
    expect(mean(losses.slice(-5))).toBeLessThan(0.8 * mean(losses.slice(0, 5)))
    expect(events.at(-2)).toMatchObject({ type: 'evaluation' })
    expect((events.at(-2) as { testAccuracy: number }).testAccuracy).toBeGreaterThan(0.6)
  })

  it('ends with a sentence when the loss is no longer a number, and frees what it held', async () => {
    const before = memory().numTensors
    const split: Split = { ...DATA.split, statistics: { mean: [NaN, NaN, NaN], deviation: [1, 1, 1] } }
    const run = eventsOf({ steps: 3 }, { ...DATA, split })
    await expect(run).rejects.toBeInstanceOf(TrainingError)
    await expect(run).rejects.toThrow('The loss is no longer a number at step 1. Lower the learning rate or raise the temperature')
    expect(memory().numTensors).toBe(before)
  })

  it('without unlabelled pictures does not look at them', async () => {
    const { split } = DATA
    const pixels = split.train.pixels.slice()
    for (let picture = 0; picture < split.train.labels.length; picture++) {
      const row = split.train.rows![picture]!
      if (!split.labelled.includes(picture)) pixels.fill(255, row * PICTURE_BYTES, (row + 1) * PICTURE_BYTES)
    }
    const blanked = { ...DATA, split: { ...split, train: { ...split.train, pixels } } }
    expect(await eventsOf({ method: 'supervised' }, blanked)).toEqual(await eventsOf({ method: 'supervised' }))
    expect(lossesOf(await eventsOf({ method: 'suave' }, blanked))).not.toEqual(lossesOf(await eventsOf({ method: 'suave' })))
  })

  it.each(['swav', 'dino'] as const)('never sees any label, nor which pictures have one: %s', async (method) => {
    const { split } = DATA
    const labels = split.train.labels.map((label) => (label + 1) % 3)
    const others = { ...DATA, split: { ...split, train: { ...split.train, labels }, labelled: split.labelled.slice(0, 2) } }
    expect(lossesOf(await eventsOf({ method }, others))).toEqual(lossesOf(await eventsOf({ method })))
  })

  it.each(METHODS)('never sees a label that is not given: %s', async (method) => {
    const { split } = DATA
    const labels = split.train.labels.map((label, i) => (split.labelled.includes(i) ? label : (label + 1) % 3))
    const mislabelled = { ...DATA, split: { ...split, train: { ...split.train, labels } } }
    expect(lossesOf(await eventsOf({ method }, mislabelled))).toEqual(lossesOf(await eventsOf({ method })))
  })
})
