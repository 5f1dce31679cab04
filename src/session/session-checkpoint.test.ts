import { memory } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { shapesSource } from '../data/shapes'
import { decodeCheckpoint } from '../training/checkpoint'
import { train } from '../training/trainer'
import type { Recipe } from '../recipe/recipe'
import type { Command, WarmStartRequest, WorkerEvent } from './protocol'
import { endRehearsals, isError, isStatus, isStep, recipe, rehearse, type EventOf } from './rehearsal'

beforeAll(() => connectNodeBackend('wasm'))
afterEach(endRehearsals)

const TINY: Recipe = {
  ...recipe, encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4, unlabelledBatch: 4, labelledBatch: 2,
  steps: 2, warmup: 0, evaluateEvery: 5_000,
}
const isCheckpoint = (event: WorkerEvent): event is EventOf<'checkpoint'> => event.kind === 'checkpoint'
const begin = (runId: number, changes: Partial<Recipe> = {}, warmStart?: WarmStartRequest, paused = false): Command =>
  ({ kind: 'start', runId, recipe: { ...TINY, ...changes }, paused, ...(warmStart && { warmStart }) })

/** A session that really trains. */
function learning(trainer = train) {
  const rehearsal = rehearse({ train: trainer, drawShapes: shapesSource, connect: () => connectNodeBackend('wasm') })
  async function save() {
    const from = rehearsal.heard.length
    rehearsal.session.handle({ kind: 'save' })
    const { name, bytes } = await rehearsal.hear(isCheckpoint, from)
    return { name, bytes, checkpoint: decodeCheckpoint(bytes, name) }
  }
  return { ...rehearsal, save }
}

const encoderOf = ({ checkpoint: { student } }: { checkpoint: ReturnType<typeof decodeCheckpoint> }) =>
  student.filter(({ name }) => name.startsWith('encoder/'))

describe('what a run has learned', () => {
  it('is handed out while the run is paused, and the same when it is over', async () => {
    const { session, hear, save, transferred } = learning()
    const before = memory().numTensors
    session.handle(begin(1, { steps: 20 }, undefined, true))
    await hear(isStatus(1, 'paused'))
    const paused = await save()
    expect(paused.name).toBe('suave-shapes-step-1.ckpt')
    expect(paused.checkpoint).toMatchObject({ step: 1, recipe: { method: 'suave' } })
    expect(transferred).toContain(paused.bytes.buffer)
    session.handle({ kind: 'reset' })
    await hear(isStatus(1, 'idle'))
    // Asked for behind the end of the run, which has given its tensors back by then.
    expect((await save()).checkpoint).toEqual(paused.checkpoint)
    expect(memory().numTensors).toBe(before)
  }, 60_000)

  it('starts the run after it, and a run from its file', async () => {
    const { session, hear, save } = learning()
    session.handle(begin(1))
    await hear(isStatus(1, 'finished'))
    const learned = await save()
    const file = new File([learned.bytes], 'mine.ckpt')
    // With next to no learning a run keeps the weights that it started from.
    for (const [runId, from] of [[2, 'run'], [3, file]] as const) {
      session.handle(begin(runId, { method: 'daino', seed: 5, learningRate: 0.0001, weightDecay: 0 }, { from, projector: false }, true))
      await hear(isStatus(runId, 'paused'))
      const started = await save()
      expect(started.checkpoint.recipe).toMatchObject({ method: 'daino' })
      const [first, second] = [encoderOf(started)[0]!, encoderOf(learned)[0]!]
      first.values.forEach((value, i) => expect(value).toBeCloseTo(second.values[i]!, 2))
    }
  }, 60_000)

  it('is refused as a start, in a sentence, while the run under way goes on', async () => {
    const { session, hear, heard, save } = learning()
    session.handle(begin(1, { steps: 10_000 }))
    await hear(isStep(1, 1))
    const { bytes } = await save()
    const refusals = [
      [{ width: 4 }, 'run', 'its layer encoder/conv1/filter is 3×3×3×2 there and 3×3×3×4 here.'],
      [{}, new File([bytes.subarray(0, 300)], 'cut.ckpt'), 'cut.ckpt was cut short or altered'],
      [{}, new File(['<html>'], 'page.html'), 'page.html is no checkpoint of this playground'],
    ] as const
    for (const [i, [changes, from, sentence]] of refusals.entries()) {
      const before = heard.length
      session.handle(begin(2 + i, changes, { from, projector: false }))
      expect(await hear(isError, before)).toMatchObject({ about: 'recipe', message: expect.stringContaining(sentence) })
      const { event } = await hear(isStep(1, 1), before)
      await hear(isStep(1, event.step + 1), before)
    }
  }, 60_000)

  it('stays to be had when the next run fails at its first step', async () => {
    let runs = 0
    const { session, hear, save } = learning(async function* (...parts) {
      if (++runs === 2) throw new Error('out of memory')
      yield* train(...parts)
    })
    session.handle(begin(1))
    await hear(isStatus(1, 'finished'))
    session.handle(begin(2))
    await hear(isStatus(2, 'idle'))
    expect((await save()).checkpoint.step).toBe(2)
    session.handle(begin(3, {}, { from: 'run', projector: false }, true))
    await hear(isStatus(3, 'paused'))
  }, 60_000)

  it('is nothing before there was a run', async () => {
    const { session, heard, hear } = learning()
    session.handle({ kind: 'save' })
    expect(await hear(isError)).toMatchObject({ message: 'There is nothing yet that could be saved or started from: train first, or choose a checkpoint file.' })
    const from = heard.length
    session.handle(begin(1, {}, { from: 'run', projector: true }))
    expect(await hear(isError, from)).toMatchObject({ about: 'recipe' })
    expect(await hear(isStatus(1, 'idle'))).toBeDefined()
  })
})
