import { memory } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import {
  countSteps, drawShapes, endRehearsals, isBackend, isDataset, isError, isStatus, isStep, recipe, rehearse, start, turns, watching,
  type EventOf,
} from './rehearsal'

beforeAll(() => connectNodeBackend('cpu'))
afterEach(endRehearsals)

describe('a run', () => {
  it('prepares, connects, trains to its end and says so', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(start(1, { steps: 7 }))
    await hear(isStatus(1, 'finished'))
    expect(heard.filter((event) => event.kind === 'status').map((event) => event.status))
      .toEqual(['preparing', 'running', 'finished'])
    expect(heard.some(isBackend)).toBe(true)
    const metrics = heard.flatMap((event) => event.kind === 'training' && event.event.type === 'metrics' ? [event.event.step] : [])
    expect(metrics).toEqual([3, 6])
  })

  it('stops at a pause, takes single steps and goes on', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(start(1))
    await hear(isStep(1, 2))
    session.handle({ kind: 'pause' })
    const { step } = await hear(isStatus(1, 'paused'))
    const paused = heard.length
    await turns(30)
    expect(heard).toHaveLength(paused)

    session.handle({ kind: 'step' })
    expect((await hear(isStatus(1, 'paused'), paused)).step).toBe(step + 1)
    const stepped = heard.length
    session.handle({ kind: 'resume' })
    await hear(isStatus(1, 'running'), stepped)
    await hear(isStep(1, step + 4), stepped)
  })

  it('can begin with one step alone', async () => {
    const { session, hear } = rehearse()
    session.handle(start(1, {}, true))
    expect((await hear(isStatus(1, 'paused'))).step).toBe(1)
  })

  it('obeys live changes on the next step, once', async () => {
    const applied: { step: number; changes: object }[] = []
    const { session, hear, heard } = rehearse({ train: countSteps({ applied }) })
    session.handle(start(1, {}, true))
    await hear(isStatus(1, 'paused'))
    session.handle({ kind: 'tune', changes: { epsilon: 0.1 } })
    session.handle({ kind: 'tune', changes: { temperature: 0.2 } })
    for (const step of [2, 3]) {
      const from = heard.length
      session.handle({ kind: 'step' })
      expect((await hear(isStatus(1, 'paused'), from)).step).toBe(step)
    }
    expect(applied).toEqual([{ step: 2, changes: { epsilon: 0.1, temperature: 0.2 } }])
  })

  it('refuses to change live what needs a new run', async () => {
    const { session, hear } = rehearse()
    session.handle({ kind: 'tune', changes: { width: 8 } })
    expect(await hear(isError)).toMatchObject({ about: 'recipe', message: expect.stringContaining('width') })
  })

  it('shows the pictures of the assignments while somebody watches', async () => {
    const { session, hear, transferred } = rehearse()
    session.handle(watching({ assignments: 4 }))
    session.handle(start(1))
    const { event, strip } = await hear((candidate): candidate is EventOf<'training'> =>
      candidate.kind === 'training' && candidate.strip !== undefined)
    expect(event).toMatchObject({ type: 'metrics', sample: { pictures: Int32Array.of(3, 2, 1, 0) } })
    expect(strip!.count).toBe(4)
    expect(transferred).toContain(strip!.rgba.buffer)
  })

  it('gives its tensors back on reset and when another run takes its place', async () => {
    const before = memory().numTensors
    const { session, hear } = rehearse()
    session.handle(start(1))
    await hear(isStep(1, 3))
    expect(memory().numTensors).toBe(before + 1)
    session.handle(start(2))
    await hear(isStep(2, 3))
    expect(memory().numTensors).toBe(before + 1)
    session.handle({ kind: 'reset' })
    await hear(isStatus(2, 'idle'))
    await turns(20)
    expect(memory().numTensors).toBe(before)
  })

  it('does not start when it is reset while it is prepared', async () => {
    const { session, hear, heard } = rehearse()
    session.handle(start(1))
    session.handle({ kind: 'reset' })
    await hear(isStatus(1, 'idle'))
    await turns(50)
    expect(heard.some((event) => event.kind === 'training')).toBe(false)
  })

  it('that fails becomes idle with a sentence, its numbers on show', async () => {
    const before = memory().numTensors
    const { session, hear } = rehearse({ train: countSteps({ failAt: 4 }) })
    session.handle(start(1))
    expect(await hear(isStatus(1, 'idle'))).toMatchObject({ step: 3 })
    expect(await hear(isError)).toMatchObject({
      about: 'training',
      message: 'The training stopped: the loss is not a number. What it learned stays on show; press Train to begin again.',
    })
    expect(memory().numTensors).toBe(before)
  })
})

describe('pictures', () => {
  it('are summarised for a preview, the latest of several alone', async () => {
    const { session, hear, heard } = rehearse()
    session.handle({ kind: 'preview', recipe })
    session.handle({ kind: 'preview', recipe: { ...recipe, trainSize: 200, labelsPerClass: 3 } })
    const { summary } = await hear(isDataset)
    expect(summary).toMatchObject({
      dataset: 'shapes', classNames: ['red', 'green'],
      available: { train: 200, test: 50 }, split: { train: 200, labelled: 6, test: 50 },
    })
    expect(summary.strip.count).toBe(16)
    await turns(20)
    expect(heard.filter(isDataset)).toHaveLength(1)
  })

  it('that were dropped are kept for the next runs', async () => {
    const source = { ...drawShapes({ trainSize: 200, testSize: 100 }), dataset: 'cifar10' as const, name: 'CIFAR-10 from made-up.tar.gz' }
    const { session, hear } = rehearse({ readFiles: () => Promise.resolve({ source }) })
    session.handle({ kind: 'load', files: [{ path: 'made-up.tar.gz', file: new File([], 'made-up.tar.gz') }], recipe })
    expect((await hear(isDataset)).summary).toMatchObject({ dataset: 'cifar10', name: source.name })
    session.handle(start(1, { dataset: 'cifar10', steps: 3 }))
    await hear(isStatus(1, 'finished'))
  })
})
