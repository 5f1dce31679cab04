import { describe, expect, it } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import type { WorkerEvent } from '../session/protocol'
import type { Stage } from '../training/stages'
import { lensStagesOf } from './lens-slice'
import { Looks } from './looks'
import { createPlayground } from './playground'
import { createTestSession } from './test-session'

const views: Stage = { gate: 'views', labelled: Int32Array.of(1), unlabelled: Int32Array.of(0), pixels: {}, smallViews: 0, smallSide: 0 }
const change: Stage = {
  gate: 'change', learningRate: 0.1, layers: [], lengths: new Float32Array(0), gradients: new Float32Array(0), changes: new Float32Array(0),
}
const stage = (step: number, shown: Stage, runId = 1): WorkerEvent => ({ kind: 'stage', runId, step, recipe: DEFAULT_RECIPE, stage: shown })

describe('the looks of a run', () => {
  it('gather the stages of one step and begin anew with the next', () => {
    const looks = new Looks()
    looks.record(1, [stage(1, views), stage(1, change)])
    expect(Object.keys(looks.lensStep!.stages)).toEqual(['views', 'change'])
    looks.record(1, [stage(2, views)])
    expect(looks.lensStep).toMatchObject({ step: 2 })
    expect(Object.keys(looks.lensStep!.stages)).toEqual(['views'])
  })

  it('keep the pictures of the gallery when its labels change, and take those of another run', () => {
    const looks = new Looks()
    const sheet = (labelled: number) => ({ count: 1, columns: 1, rgba: new Uint8ClampedArray(4_096), labels: Uint8Array.of(0), labelled: Uint8Array.of(labelled) })
    const gallery = (runId: number, labelled: number): WorkerEvent =>
      ({ kind: 'gallery', runId, gallery: { positions: Int32Array.of(7), taught: Uint8Array.of(0), train: sheet(labelled), test: sheet(0) } })
    looks.record(1, [gallery(1, 0)])
    const { positions } = looks.gallery!
    looks.record(1, [gallery(1, 1)])
    expect(looks.gallery!.train.labelled).toEqual(Uint8Array.of(1))
    expect(looks.gallery!.positions).toBe(positions)
    looks.record(2, [gallery(2, 0)])
    expect(looks.gallery!.positions).not.toBe(positions)
  })

  it('leave out what an earlier run says late, and tell their listeners once for a batch', () => {
    const looks = new Looks()
    let heard = 0
    looks.subscribe(() => heard++)
    looks.record(2, [stage(9, views, 1)])
    expect([looks.lensStep, heard]).toEqual([undefined, 0])
    looks.record(2, [stage(1, views, 2), stage(1, change, 2)])
    expect(heard).toBe(1)
    looks.clear()
    expect(looks.lensStep).toBeUndefined()
  })
})

describe('the stages of a step', () => {
  it('are those that the method has', () => {
    const stages = (method: 'suave' | 'daino' | 'supervised', targetNetwork: 'own' | 'teacher' | 'student' = 'own') =>
      lensStagesOf({ method, targetNetwork })
    expect(stages('daino')).toEqual(['augment', 'encode', 'score', 'assign', 'compare', 'step', 'average'])
    expect(stages('suave')).toEqual(['augment', 'encode', 'score', 'assign', 'compare', 'step'])
    expect(stages('suave', 'teacher')).toContain('average')
    expect(stages('daino', 'student')).not.toContain('average')
    expect(stages('supervised')).toEqual(['augment', 'encode', 'score', 'compare', 'step'])
  })

  it('are walked through, and the worker is asked for what has not come yet', () => {
    const session = createTestSession()
    const { store } = createPlayground(session)
    const next = () => store.getState().nextLensStage()
    next()
    expect(session.sent.at(-1)).toMatchObject({ kind: 'start', paused: true })
    session.tell({ kind: 'status', runId: 1, status: 'paused', step: 0 }, stage(1, views))
    const before = session.sent.length
    next()
    expect(store.getState().lensStage).toBe('encode')
    expect(session.sent.slice(before)).toEqual([{ kind: 'stage' }])
  })

  it('begin again at the first once the run has gone on without the lens', () => {
    const session = createTestSession()
    const { store } = createPlayground(session)
    store.getState().nextLensStage()
    session.tell({ kind: 'status', runId: 1, status: 'paused', step: 0 }, stage(1, views))
    store.getState().showLensStage('score')
    session.tell({ kind: 'status', runId: 1, status: 'paused', step: 7 })
    store.getState().nextLensStage()
    expect(store.getState().lensStage).toBe('augment')
    expect(session.sent.at(-1)).toEqual({ kind: 'stage' })
  })
})

describe('what is watched', () => {
  it('is what all views want together, and is told only when it changes', () => {
    const session = createTestSession()
    const { watch } = createPlayground(session).store.getState()
    watch('a', { assignments: 5 })
    watch('b', { snapshot: true })
    watch('c', { assignments: 3, snapshot: true })
    watch('b')
    watch('c')
    watch('a')
    expect(session.sentOf('watch').map((command) => command.watch)).toEqual([
      { assignments: 5, snapshot: false, answers: false, lens: false },
      { assignments: 5, snapshot: true, answers: false, lens: false },
      { assignments: 5, snapshot: false, answers: false, lens: false },
      { assignments: 0, snapshot: false, answers: false, lens: false },
    ])
  })
})
