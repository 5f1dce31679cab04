import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import type { Recipe } from '../recipe/recipe'
import type { Checkpoint } from './checkpoint'
import type { TrainingEvent } from './events'
import { DATA, eventsOf, NOTHING, TINY } from './tiny'
import { train, type RunControls, type Save } from './trainer'

beforeAll(() => connectNodeBackend('wasm'))

/** A run that may be saved; its learning rate explodes at one step, and it is left after another. */
function keeping(changes: Partial<Recipe>, explosion = Infinity, last = Infinity, events: TrainingEvent[] = []) {
  let save: Save = () => Promise.reject(new Error('The run has not begun.'))
  let asked = 0
  const controls: RunControls = {
    takeChanges: () => (++asked === explosion ? { learningRate: 1e38 } : {}),
    watched: () => NOTHING,
    takeSave: (taken) => (save = taken),
  }
  const ended = (async () => {
    for await (const event of train({ ...TINY, ...changes }, DATA, controls)) {
      events.push(event)
      if (event.step === last) break
    }
  })()
  return { ended, save: () => save() }
}

describe('the last good state', () => {
  it.each([
    ['stays what it was before the last step that was read', 9, 7],
    ['stays what it was before an evaluation could use it', 10, 7],
  ])('%s', async (_what, bad, good) => {
    const run = keeping({ steps: 20, metricsEvery: 4, evaluateEvery: 10 }, bad)
    await expect(run.ended).rejects.toThrow(new RegExp(
      `^(The loss|A weight) is no longer a number at step 1[02]\\. Lower .* What was learned by step ${good} is kept: it can be saved and started from\\.$`,
    ))
    const kept = await run.save()
    expect(kept).toMatchObject({ step: good })
    expect(kept!.student.every(({ values }) => values.every(Number.isFinite))).toBe(true)
    // To the last bit what a run has that ended there in peace.
    const peaceful = keeping({ steps: 20, metricsEvery: 4, evaluateEvery: 10 }, Infinity, good)
    await peaceful.ended
    expect((await peaceful.save())!.student).toEqual(kept!.student)
  })

  it('evaluates nothing after the numbers are gone', async () => {
    const events: TrainingEvent[] = []
    const run = keeping({ steps: 20, metricsEvery: 7, evaluateEvery: 5 }, 9, Infinity, events)
    await expect(run.ended).rejects.toThrow('is no longer a number at step 10')
    expect(events.filter(({ type }) => type === 'evaluation').map(({ step }) => step)).toEqual([5])
    expect(await run.save()).toMatchObject({ step: 6 })
  })
})

describe('what can be saved', () => {
  it('is there for good, student and teacher, with the recipe as it came to be', async () => {
    const before = memory().numTensors
    const run = keeping({ method: 'daino', steps: 3 })
    await run.ended
    expect(memory().numTensors).toBe(before)
    const { student, teacher, recipe, step } = (await run.save())!
    expect({ step, method: recipe.method }).toEqual({ step: 3, method: 'daino' })
    expect(teacher!.map(({ name }) => name)).toEqual(student.map(({ name }) => name))
    expect(teacher).not.toEqual(student)
  })

  it('starts another run, whose first values are those', async () => {
    const run = keeping({ steps: 3 })
    await run.ended
    const checkpoint = (await run.save())!
    const started = async (projector: boolean) => {
      let first: Checkpoint | undefined
      const events = train({ ...TINY, method: 'daino', seed: 2 }, { ...DATA, warmStart: { checkpoint, projector } }, {
        takeChanges: () => ({}), watched: () => NOTHING,
        takeSave: (save) => void save().then((saved) => (first = saved)),
      })
      await events.next()
      await events.return()
      return first!
    }
    const partOf = (layers: Checkpoint['student'], part: string) => layers.filter(({ name }) => name.startsWith(part))
    for (const projector of [true, false]) {
      const { student, teacher } = await started(projector)
      for (const layers of [student, teacher!]) {
        expect(partOf(layers, 'encoder/')).toEqual(partOf(checkpoint.student, 'encoder/'))
        expect(JSON.stringify(partOf(layers, 'projector/')) === JSON.stringify(partOf(checkpoint.student, 'projector/'))).toBe(projector)
        expect(partOf(layers, 'prototypes')).not.toEqual(partOf(checkpoint.student, 'prototypes'))
      }
    }
  })

  it('does not start a network of another shape, which frees what it took', async () => {
    const run = keeping({ steps: 1 })
    await run.ended
    const before = memory().numTensors
    const wider = eventsOf({ width: 4 }, { ...DATA, warmStart: { checkpoint: (await run.save())!, projector: false } })
    await expect(wider).rejects.toThrow('its layer encoder/conv1/filter is 3×3×3×2 there and 3×3×3×4 here')
    expect(memory().numTensors).toBe(before)
  })
})
