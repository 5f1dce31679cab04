import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import type { RunStatus } from '../session/protocol'
import { BATCH_MILLISECONDS } from './inbox'
import { createPlayground } from './playground'
import { awaitingRestart } from './restart'
import { NO_RUN } from './run'
import { createTestSession, evaluation, metrics, summaryOf, training } from './test-session'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function open() {
  const session = createTestSession()
  const { store, series } = createPlayground(session)
  const tellStatus = (status: RunStatus, step = 1) =>
    session.tell({ kind: 'status', runId: store.getState().run.runId, status, step })
  return { session, store, series, tellStatus, get: store.getState }
}

describe('the run’s buttons', () => {
  it('start, pause and go on', () => {
    const { session, tellStatus, get } = open()
    get().trainOrPause()
    expect(session.sent).toEqual([{ kind: 'start', runId: 1, recipe: DEFAULT_RECIPE, paused: false }])
    tellStatus('running')
    get().trainOrPause()
    tellStatus('paused')
    get().trainOrPause()
    tellStatus('finished')
    get().trainOrPause()
    expect(session.sent.map(({ kind }) => kind)).toEqual(['start', 'pause', 'resume', 'start'])
    expect(get().run.runId).toBe(2)
  })

  it('go back to a finished run when the next one cannot start, and number a third one anew', () => {
    const { session, tellStatus, get } = open()
    get().trainOrPause()
    session.tell(training(evaluation(9, 0.5)))
    tellStatus('finished', 10)
    const finished = get().run
    get().trainOrPause()
    session.tell({ kind: 'error', about: 'data', message: 'CIFAR-10 is not here yet.', dataset: 'cifar10' })
    tellStatus('idle', 0)
    expect(get().run).toEqual(finished)
    expect(get().learned).toEqual(DEFAULT_RECIPE)
    get().trainOrPause()
    expect(session.sentOf('start').map(({ runId }) => runId)).toEqual([1, 2, 3])
  })

  it('leave the worker what it has learned, on reset too, and go on with that run’s network', () => {
    const { session, tellStatus, get } = open()
    get().setField('method', 'swav')
    get().setField('width', 8)
    get().trainOrPause()
    session.tell(training(metrics(1)))
    tellStatus('paused')
    get().reset()
    get().setField('width', 16)
    get().startFrom({ from: 'run', projector: false }, 'suave')
    expect(session.sentOf('start').at(-1)).toMatchObject({ recipe: { method: 'suave', width: 8 }, warmStart: { from: 'run' } })
  })

  it('take single steps, the first of which starts a paused run', () => {
    const { session, tellStatus, get } = open()
    get().step()
    expect(session.sentOf('start')).toMatchObject([{ paused: true }])
    tellStatus('paused')
    get().step()
    expect(session.sent.at(-1)).toEqual({ kind: 'step' })
    tellStatus('running')
    get().step()
    expect(session.sentOf('step')).toHaveLength(1)
  })

  it('reset to a page without a run', () => {
    const { session, series, tellStatus, get } = open()
    get().trainOrPause()
    tellStatus('running')
    session.tell(training(metrics(5)))
    vi.advanceTimersByTime(BATCH_MILLISECONDS)
    expect(series.columns.steps.length).toBe(1)
    get().reset()
    expect(session.sent.at(-1)).toEqual({ kind: 'reset' })
    expect(series.columns.steps.length).toBe(0)
    session.tell(training(metrics(6)), { kind: 'status', runId: 1, status: 'paused', step: 6 })
    expect(series.columns.steps.length).toBe(0)
    expect(get().run).toEqual({ ...NO_RUN, runId: 2 })
    expect(get().notices.announcement).toBe('Ready.')
  })
})

describe('the stream of events', () => {
  it('changes the state once for each batch', () => {
    const { session, store, tellStatus, get } = open()
    get().trainOrPause()
    tellStatus('running')
    let changes = 0
    store.subscribe(() => changes++)
    for (let step = 1; step <= 50; step++) session.tell(training({ type: 'stepped', step }))
    expect(changes).toBe(0)
    vi.advanceTimersByTime(BATCH_MILLISECONDS)
    expect(changes).toBe(1)
    expect(get().run.step).toBe(50)
  })

  it('does not let a status wait, nor overtake what came before it', () => {
    const { session, tellStatus, get } = open()
    get().trainOrPause()
    session.tell(training(evaluation(9, 0.5)))
    tellStatus('finished', 10)
    expect(get().run).toMatchObject({ status: 'finished', step: 10 })
    expect(get().notices.announcement).toContain('50.0 %')
  })
})

describe('the form', () => {
  it('sends a live change of the run, alone, and nothing while nothing runs', () => {
    const { session, tellStatus, get } = open()
    get().setField('epsilon', 0.04)
    expect(session.sentOf('tune')).toEqual([])
    get().trainOrPause()
    tellStatus('running')
    get().setField('epsilon', 0.03)
    get().setField('encoder', 'conv4')
    get().setField('teacherTemperature', 0.06)
    expect(session.sentOf('tune')).toEqual([{ kind: 'tune', changes: { epsilon: 0.03 } }])
  })

  it('lists what waits for a restart, and restarts with it', () => {
    const { session, tellStatus, get } = open()
    get().trainOrPause()
    tellStatus('running')
    get().setField('encoder', 'conv4')
    get().setField('temperature', 0.2)
    expect(awaitingRestart(get().form, get().run)).toEqual(['encoder'])
    get().restart()
    expect(session.sentOf('start').at(-1)).toMatchObject({ runId: 2, recipe: { encoder: 'conv4', temperature: 0.2 } })
    tellStatus('running')
    expect(awaitingRestart(get().form, get().run)).toEqual([])
  })

  it('refuses a bad value with a sentence and keeps the old one', () => {
    const { get } = open()
    expect(get().setField('epsilon', 7)).toBe('epsilon cannot be 7; give a number from 0.01 to 1.')
    expect(get().setField('epsilon', 'abc')).toContain('“abc”')
    expect(get().form.epsilon).toBe(DEFAULT_RECIPE.epsilon)
    expect(get().setField('epsilon', 0.5)).toBeUndefined()
  })

  it('asks for one new split after a movement of the data’s sliders', () => {
    const { session, get } = open()
    for (const labels of [5, 6, 7]) get().setField('labelsPerClass', labels)
    get().setField('epsilon', 0.2)
    vi.advanceTimersByTime(1_000)
    expect(session.sentOf('preview').map(({ recipe }) => recipe.labelsPerClass)).toEqual([7])
  })

  it('takes a preset over, and a field back to its default', () => {
    const { get } = open()
    get().setField('labelsPerClass', 10)
    get().choosePreset('quick')
    expect(get().form).toMatchObject({ encoder: 'conv4', labelsPerClass: 10 })
    get().resetField('encoder')
    expect(get().form.encoder).toBe(DEFAULT_RECIPE.encoder)
  })
})

describe('files', () => {
  it('are read by the worker; the form follows them', () => {
    const { session, get } = open()
    const file = new File(['x'], 'cifar-10-binary.tar.gz')
    void get().load([{ path: file.name, file }])
    expect(session.sentOf('load')).toMatchObject([{ files: [{ path: 'cifar-10-binary.tar.gz', file }] }])
    expect(get().gathering).toMatchObject({ from: 'files' })
    session.tell({ kind: 'dataset', summary: summaryOf('cifar10'), adopt: { dataset: 'cifar10' } }, { kind: 'gathering' })
    expect(get().form.dataset).toBe('cifar10')
    expect(get().gathering).toBeUndefined()
  })

  it('are asked for with a sentence when a drop holds none', () => {
    const { session, get } = open()
    void get().load([])
    expect(session.sent).toEqual([])
    expect(get().notices.list[0]?.message).toContain('drop a CIFAR archive')
  })

  it('are handed over in portions', async () => {
    const { session, get } = open()
    const files = Array.from({ length: 60 }, (_, i) => ({ path: `cats/${i}.png`, file: new File([], `${i}.png`) }))
    const loading = get().load(files)
    await vi.advanceTimersByTimeAsync(100)
    await loading
    expect(session.sentOf('hand').map((command) => command.files.length)).toEqual([25, 25])
    expect(session.sentOf('load')[0]?.files.at(-1)?.path).toBe('cats/59.png')
  })
})

describe('files on their way to the worker', () => {
  const many = (folder: string) => Array.from({ length: 60 }, (_, i) => ({ path: `${folder}/${i}.png`, file: new File([], `${i}.png`) }))

  it('stay there when they are stopped, and nothing is read', async () => {
    const { session, get } = open()
    void get().load(many('cats'))
    get().cancelGathering()
    await vi.advanceTimersByTimeAsync(100)
    expect(session.sent.map(({ kind }) => kind)).toEqual(['hand', 'cancel'])
    expect(get().gathering).toBeUndefined()
  })

  it('give way to the next ones, with which they do not mix', async () => {
    const { session, get } = open()
    void get().load(many('cats'))
    void get().load(many('dogs'))
    await vi.advanceTimersByTimeAsync(100)
    expect(session.sent.map(({ kind }) => kind)).toEqual(['hand', 'cancel', 'hand', 'hand', 'load'])
    const behind = session.sent.slice(2).flatMap((command) => command.kind === 'hand' || command.kind === 'load' ? command.files : [])
    expect(behind.every(({ path }) => path.startsWith('dogs/'))).toBe(true)
    expect(behind).toHaveLength(60)
  })
})

describe('a kept set', () => {
  it('that is on show and is deleted is asked for anew, so that the page says what is missing', () => {
    const { session, get } = open()
    get().setField('dataset', 'cifar10')
    vi.advanceTimersByTime(1_000)
    const set = { dataset: 'cifar10', name: 'CIFAR-10', pictures: 1, bytes: 1 } as const
    session.tell({ kind: 'dataset', summary: summaryOf('cifar10') }, { kind: 'kept', sets: [set] })
    get().forgetKept('cifar10')
    session.tell({ kind: 'kept', sets: [] })
    vi.advanceTimersByTime(1_000)
    expect(session.sentOf('preview')).toHaveLength(2)
    session.tell({ kind: 'error', about: 'data', message: 'CIFAR-10 is not here yet.', dataset: 'cifar10' })
    expect(get()).toMatchObject({ dataset: undefined, dataProblem: 'CIFAR-10 is not here yet.' })
  })
})

describe('pictures on their way', () => {
  const coming = (usable: number) => ({
    kind: 'gathering', progress: { from: 'hugging-face', dataset: 'cifar10', bytes: 1, pictures: usable, usable } as const,
  } as const)

  it('are asked for as the form stands, and a new split when all are there', () => {
    const { session, get } = open()
    get().setField('dataset', 'cifar10')
    get().fetchPictures()
    expect(session.sentOf('fetch')).toMatchObject([{ recipe: { dataset: 'cifar10', trainSize: 5_000 } }])
    vi.advanceTimersByTime(1_000)
    session.tell(coming(900), { kind: 'gathering' })
    vi.advanceTimersByTime(1_000)
    expect(session.sentOf('preview')).toHaveLength(2)
  })

  it('are trained on as far as they are here, and the recipe says so', () => {
    const { session, get } = open()
    get().setField('dataset', 'cifar10')
    get().fetchPictures()
    session.tell(coming(900))
    get().trainOrPause()
    expect(session.sentOf('start')).toMatchObject([{ recipe: { trainSize: 900 } }])
    expect(get().run.recipe?.trainSize).toBe(900)
    session.tell({ kind: 'gathering' })
    expect(get().form.trainSize).toBe(5_000)
  })

  it('of another data set have no classes in common with the chosen ones', () => {
    const { get } = open()
    get().setField('classes', 'disc,ring')
    get().setField('dataset', 'cifar10')
    expect(get().form.classes).toBe('')
  })
})
