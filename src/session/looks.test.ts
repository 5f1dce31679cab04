import { memory } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { LookBudget } from './look-budget'
import { endRehearsals, isSnapshot, isStatus, isStep, rehearse, start, turns, watching, type EventOf } from './rehearsal'

beforeAll(() => connectNodeBackend('cpu'))
afterEach(endRehearsals)

const isStage = (event: { kind: string }): event is EventOf<'stage'> => event.kind === 'stage'

describe('a snapshot', () => {
  it('is neither taken nor sent while nobody watches', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(start(1, { steps: 20 }))
    await hear(isStatus(1, 'finished'))
    expect(heard.some(({ kind }) => kind === 'snapshot' || kind === 'gallery' || kind === 'stage')).toBe(false)
  })

  it('comes at once when somebody begins to watch a run that stands still, without a step, and once', async () => {
    const { session, heard, hear, transferred } = rehearse()
    session.handle(start(1, {}, true))
    await hear(isStatus(1, 'paused'))
    session.handle(watching({ snapshot: true }))
    const { snapshot } = await hear(isSnapshot(1))
    expect(snapshot.step).toBe(1)
    expect(transferred).toContain(snapshot.features.buffer)
    session.handle(watching({ snapshot: true, assignments: 3 }))
    session.handle(watching({}))
    session.handle(watching({ snapshot: true }))
    await turns(30)
    expect(heard.filter(({ kind }) => kind === 'snapshot')).toHaveLength(1)
    expect(heard.filter(isStep(1, 2))).toEqual([])
  })

  it('follows each single step behind its status, and the gallery comes before the first', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(watching({ snapshot: true }))
    session.handle(start(1, {}, true))
    await hear(isSnapshot(1))
    session.handle({ kind: 'step' })
    await hear(isSnapshot(2))
    const kinds = heard.flatMap((event) =>
      event.kind === 'status' ? [event.status] : event.kind === 'gallery' || event.kind === 'snapshot' ? [event.kind] : [])
    expect(kinds).toEqual(['preparing', 'paused', 'gallery', 'snapshot', 'paused', 'snapshot'])
    const gallery = heard.find((event) => event.kind === 'gallery')!.gallery
    expect(gallery.train).toMatchObject({ count: 100, columns: 50 })
    expect(gallery.train.rgba).toHaveLength(100 * 32 * 32 * 4)
    expect(gallery.test.count).toBe(24)
    expect([...gallery.train.labelled].slice(0, 5)).toEqual([1, 1, 1, 1, 0])
    // Picture p of class c has channel c at 100 + p, and nothing else.
    const [tile, label] = [51, gallery.train.labels[51]!]
    const at = (Math.floor(tile / 50) * 32 * 50 + (tile % 50)) * 32 * 4
    expect(gallery.train.rgba[at + label]).toBeGreaterThanOrEqual(100)
    expect(gallery.train.rgba[at + 1 - label]).toBe(0)
  })

  it('shows labels that were given or taken meanwhile', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(watching({ snapshot: true }))
    session.handle(start(1, { labelsPerClass: 2 }, true))
    await hear(isSnapshot(1))
    session.handle({ kind: 'tune', changes: { labelsPerClass: 3 } })
    session.handle({ kind: 'step' })
    await hear(isSnapshot(2))
    const ringed = heard.flatMap((event) => (event.kind === 'gallery' ? [event.gallery.train.labelled.reduce((sum, ring) => sum + ring, 0)] : []))
    expect(ringed).toEqual([4, 6])
  })

  it('is taken of a finished run too, whose memory comes back with the reset', async () => {
    const before = memory().numTensors
    const { session, hear, heard } = rehearse()
    session.handle(start(1, { steps: 5 }))
    await hear(isStatus(1, 'finished'))
    session.handle(watching({ snapshot: true }))
    expect((await hear(isSnapshot(1))).snapshot.step).toBe(5)
    session.handle({ kind: 'resume' })
    await turns(20)
    expect(heard.filter(({ kind }) => kind === 'snapshot')).toHaveLength(1)
    session.handle({ kind: 'reset' })
    await turns(20)
    expect(memory().numTensors).toBe(before)
  })

  it('of a free run waits until its cost is a small share of the training', () => {
    const budget = new LookBudget()
    expect(budget.allows(0.1)).toBe(true)
    budget.spend(2, 10)
    // 2 of 33.3 seconds are 6 %.
    expect(budget.allows(10 + 31.2)).toBe(false)
    expect(budget.allows(10 + 31.5)).toBe(true)
    budget.spend(0.001, 50)
    expect(budget.allows(50.9)).toBe(false)
    expect(budget.allows(51.1)).toBe(true)
    budget.spend(2, 60)
    budget.forgive()
    expect(budget.allows(60)).toBe(true)
  })
})

describe('the lens', () => {
  it('stops the step at each gate until it is told to go on', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(watching({ lens: true }))
    session.handle(start(1, {}, true))
    await hear(isStatus(1, 'paused'))
    const stages = () => heard.filter(isStage).map(({ step }) => step)
    session.handle({ kind: 'stage' })
    await turns(30)
    expect(stages()).toEqual([1, 2])
    expect(heard.filter(isStep(1, 2))).toEqual([])
    expect(heard.filter(isStage)[1]!.strip?.count).toBe(3)
    session.handle({ kind: 'stage' })
    await hear(isStep(1, 2))
    await turns(30)
    expect(stages()).toEqual([1, 2, 3])
    expect(heard.filter(isStep(1, 3))).toEqual([])
  })

  it('lets a free run go, and ends the step that nobody looks into any more', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(watching({ lens: true }))
    session.handle(start(1))
    await hear(isStep(1, 5))
    expect(heard.some(isStage)).toBe(false)
    session.handle({ kind: 'pause' })
    await hear(isStatus(1, 'paused'))
    session.handle({ kind: 'stage' })
    const { step } = await hear(isStage)
    session.handle(watching({}))
    await hear(isStep(1, step))
    await turns(20)
    expect(heard.filter(isStep(1, step + 1))).toEqual([])
  })
})
