import { describe, expect, it } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import type { RunStatus, WorkerEvent } from '../session/protocol'
import { foldEvent, type SessionState } from './fold'
import { NO_NOTICES } from './notices'
import { NO_RUN, type Run } from './run'
import { evaluation, metrics, summaryOf, training } from './test-session'

const begun: SessionState = {
  form: DEFAULT_RECIPE,
  run: { ...NO_RUN, runId: 1, status: 'preparing', recipe: DEFAULT_RECIPE },
  kept: [],
  labelHistory: [],
  notices: NO_NOTICES,
}
const replay = (events: WorkerEvent[], state = begun) => events.reduce(foldEvent, state)
const status = (status: RunStatus, step = 0, runId = 1): WorkerEvent => ({ kind: 'status', runId, status, step })
const evaluated = (step: number, testAccuracy: number) => training(evaluation(step, testAccuracy))

it('takes back that pictures are missing once they are here', () => {
  const missing: WorkerEvent = { kind: 'error', about: 'data', message: 'CIFAR-10 is not here yet.', dataset: 'cifar10' }
  const other: WorkerEvent = { kind: 'error', about: 'recipe', message: 'Epsilon cannot be -1.' }
  const asking = { ...begun, form: { ...DEFAULT_RECIPE, dataset: 'cifar10' } } as const
  expect(replay([missing], asking).dataProblem).toBe('CIFAR-10 is not here yet.')
  expect(replay([missing]).dataProblem).toBeUndefined()
  const { notices, dataProblem } = replay([missing, other, { kind: 'dataset', summary: summaryOf('cifar10') }], asking)
  expect(notices.list.map(({ message }) => message)).toEqual(['Epsilon cannot be -1.'])
  expect(dataProblem).toBeUndefined()
})

describe('replaying a run', () => {
  it('keeps its status, step, clock and best accuracy', () => {
    const { run, notices } = replay([
      status('running'),
      training(metrics(5)),
      evaluated(100, 0.5),
      evaluated(200, 0.4),
      training({ type: 'stepped', step: 201 }),
      status('finished', 201),
    ])
    expect(run).toMatchObject({ status: 'finished', step: 201, seconds: 20.1, stepsPerSecond: 10, bestTestAccuracy: 0.5 })
    expect(run.evaluation?.testAccuracy).toBe(0.4)
    expect(notices.announcement).toBe('Finished after 201 steps. 40.0 % of the test pictures are right.')
  })

  it('is deaf to events of another run', () => {
    const { run } = replay([status('running'), training(metrics(7), 9), status('paused', 7, 9)])
    expect(run).toMatchObject({ status: 'running', step: 0 })
  })

  it('marks a live change from its old value to its new one, and obeys it', () => {
    const { run } = replay([status('running'), training({ type: 'applied', step: 40, changes: { epsilon: 0.03 } })])
    expect(run.marks).toEqual([{ step: 40, name: 'epsilon', from: 0.05, to: 0.03, seconds: 4 }])
    expect(run.recipe?.epsilon).toBe(0.03)
  })

  it('makes one mark of one movement of a slider, and two of two', () => {
    const moved = (step: number, epsilon: number, seconds: number) =>
      training({ type: 'applied', step, changes: { epsilon } }, 1, seconds)
    const { run } = replay([moved(10, 0.06, 1), moved(14, 0.07, 1.5), moved(18, 0.08, 2), moved(90, 0.2, 9)])
    expect(run.marks.map(({ step, from, to }) => [step, from, to])).toEqual([[10, 0.05, 0.08], [90, 0.08, 0.2]])
  })

  it('marks a pause and a stop, but no single step', () => {
    const stop: WorkerEvent = { kind: 'error', about: 'training', message: 'The loss is no longer a number at step 9. Lower it.', runId: 1, code: 'diverged' }
    const { run } = replay([status('running'), status('paused', 4), status('paused', 5), status('running', 5), training(metrics(8)), stop])
    expect(run.moments).toEqual([{ step: 4, kind: 'pause', text: 'paused' }, { step: 8, kind: 'event', text: 'stopped' }])
    expect(run.diverged).toBe(true)
  })

  it('marks a lost backend, and no error that leaves the run alone', () => {
    const lost: WorkerEvent = { kind: 'error', about: 'backend', message: 'The GPU was lost.', runId: 1, code: 'backend lost' }
    const other: WorkerEvent = { kind: 'error', about: 'training', message: 'Something went wrong that should not.' }
    const { run } = replay([status('running'), training(metrics(8)), other, { ...lost, runId: 9 }, lost])
    expect(run.moments).toEqual([{ step: 8, kind: 'event', text: 'backend lost' }])
    expect(run.diverged).toBe(false)
    expect(replay([status('finished', 8), lost]).run.moments).toEqual([])
  })

  it('says every single step', () => {
    const said = [status('paused', 1), training(metrics(2)), status('paused', 2), training(metrics(3)), status('paused', 3)]
      .map((_, index, events) => replay(events.slice(0, index + 1)).notices.announcement)
    expect(said.filter((_, index) => index % 2 === 0)).toEqual(['Paused at step 1.', 'Paused at step 2.', 'Paused at step 3.'])
  })

  const asked = (former: Run): SessionState => ({ ...begun, former, run: { ...begun.run, runId: 2 } })
  const refused: WorkerEvent = { kind: 'error', about: 'data', message: 'Too few pictures.' }

  it('goes back to the former run when the new one cannot start', () => {
    const { run, former, notices } = replay(
      [status('preparing', 0, 2), training(metrics(31)), refused, status('idle', 0, 2)],
      asked({ ...begun.run, status: 'running', step: 30 }),
    )
    expect(run).toMatchObject({ runId: 1, status: 'running', step: 31 })
    expect(former).toBeUndefined()
    expect(notices.list.map(({ message }) => message)).toEqual(['Too few pictures.'])
    expect(notices.announcement).toBe('Too few pictures.')
  })

  it('goes back to a finished run with all that it has shown', () => {
    const finished = replay([status('running'), evaluated(100, 0.5), training({ type: 'applied', step: 100, changes: { epsilon: 0.03 } }), status('finished', 200)]).run
    expect(replay([status('preparing', 0, 2), refused, status('idle', 0, 2)], asked(finished)).run).toEqual(finished)
  })

  it('keeps to the new run while the former one ends, and forgets that with the first step', () => {
    const former: Run = { ...begun.run, status: 'running', step: 30 }
    const ended = replay([status('idle', 31, 1), status('running', 0, 2)], asked(former))
    expect(ended.run).toMatchObject({ runId: 2, status: 'running' })
    expect(replay([status('idle', 0, 2)], ended).run).toMatchObject({ runId: 1, status: 'idle', step: 31 })
    const { run, former: forgotten } = replay([training(metrics(1), 2), status('idle', 1, 2)], ended)
    expect(run).toMatchObject({ runId: 2, status: 'idle', step: 1 })
    expect(forgotten).toBeUndefined()
  })

  it('knows what the worker can save: what the last run that took a step has learned', () => {
    const daino = { ...DEFAULT_RECIPE, method: 'daino' } as const
    const first = replay([status('running'), training(metrics(1)), status('finished', 1)])
    expect(first.learned).toBe(DEFAULT_RECIPE)
    const second = replay([status('running', 0, 2)], { ...first, former: first.run, run: { ...begun.run, runId: 2, recipe: daino } })
    expect(second.learned).toBe(DEFAULT_RECIPE)
    expect(replay([training(metrics(1), 2)], second).learned).toBe(daino)
    expect(replay([{ kind: 'error', about: 'training', message: 'It broke down.', code: 'worker renewed' }], second).learned).toBeUndefined()
  })
})

describe('what the worker tells of data, backends and errors', () => {
  it('names the prototypes of the run only after its own data set', () => {
    expect(replay([{ kind: 'dataset', summary: summaryOf('cifar10') }]).run.classNames).toEqual([])
    expect(replay([{ kind: 'dataset', summary: summaryOf('shapes') }]).run.classNames).toEqual(['disc', 'ring', 'star'])
  })

  it('moves the form to pictures that have just come, not to a preview', () => {
    const shown: WorkerEvent = { kind: 'dataset', summary: summaryOf('own') }
    expect(replay([shown]).form.dataset).toBe('shapes')
    expect(replay([{ ...shown, adopt: { dataset: 'own', trainSize: 90 } }]).form).toMatchObject({ dataset: 'own', trainSize: 90 })
  })

  it('stays where the person has gone while a set was fetched', () => {
    const fetching: WorkerEvent = { kind: 'gathering', progress: { from: 'hugging-face', dataset: 'cifar100', bytes: 0, pictures: 0 } }
    const all: WorkerEvent = { kind: 'dataset', summary: summaryOf('cifar100'), adopt: { dataset: 'cifar100', trainSize: 75 } }
    expect(replay([fetching, all]).form).toBe(DEFAULT_RECIPE)
    const waiting = { ...begun, form: { ...DEFAULT_RECIPE, dataset: 'cifar100' as const } }
    expect(replay([fetching, all], waiting).form).toMatchObject({ dataset: 'cifar100', trainSize: 75 })
  })

  it('forgets edits of labels, which name pictures by number, when other pictures come; not those that a link awaits', () => {
    const came = (dataset: 'own' | 'cifar10'): WorkerEvent => ({ kind: 'dataset', summary: summaryOf(dataset), adopt: { dataset, trainSize: 90 } })
    const edited = { ...begun, form: { ...DEFAULT_RECIPE, labels: '3' }, labelHistory: [''] }
    expect(replay([came('own')], edited)).toMatchObject({ form: { labels: '' }, labelHistory: [] })
    const linked = { ...edited, form: { ...edited.form, dataset: 'own' } } as const
    expect(replay([came('own')], linked).form.labels).toBe('3')
    expect(replay([came('own'), came('own')], linked).form.labels).toBe('')
    expect(replay([{ kind: 'dataset', summary: summaryOf('shapes') }], edited)).toMatchObject({ form: { labels: '3' }, labelHistory: [''] })
  })

  it('lets a run go on through an error, says its sentence once, and offers a way out of a failed download', () => {
    const coming: WorkerEvent = { kind: 'gathering', progress: { from: 'hugging-face', dataset: 'cifar10', bytes: 0, pictures: 0 } }
    const refused: WorkerEvent = { kind: 'error', about: 'data', message: 'The archive is cut short.', dataset: 'cifar10', code: 'not fetched' }
    const after = replay([status('running'), coming, refused, refused, { kind: 'gathering' }])
    expect(after).toMatchObject({ run: { status: 'running' }, unfetched: 'cifar10' })
    expect(after.gathering).toBeUndefined()
    expect(after.notices.list).toHaveLength(1)
    expect(after.notices.announcement).toBe('The archive is cut short.')
    expect(replay([coming], after).unfetched).toBeUndefined()
  })

  it('takes an error about other pictures for no failure of the download', () => {
    const coming: WorkerEvent = { kind: 'gathering', progress: { from: 'hugging-face', dataset: 'cifar10', bytes: 0, pictures: 0 } }
    const missing: WorkerEvent = { kind: 'error', about: 'data', message: 'CIFAR-100 is not here yet.', dataset: 'cifar100' }
    const looking = { ...begun, form: { ...DEFAULT_RECIPE, dataset: 'cifar100' } } as const
    expect(replay([coming, missing], looking)).toMatchObject({ dataProblem: 'CIFAR-100 is not here yet.', unfetched: undefined })
  })

  it('shows no pictures any more of a kept set that was deleted', () => {
    const kept = (...datasets: ('cifar10' | 'own')[]): WorkerEvent =>
      ({ kind: 'kept', sets: datasets.map((dataset) => ({ dataset, name: dataset, pictures: 1, bytes: 1 })) })
    const shown = replay([{ kind: 'dataset', summary: summaryOf('cifar10') }, kept('cifar10', 'own')])
    expect(replay([kept('cifar10')], shown).dataset).toBe(shown.dataset)
    expect(replay([kept('own')], shown).dataset).toBeUndefined()
    // Dropped, and not kept yet.
    expect(replay([{ kind: 'dataset', summary: summaryOf('cifar10') }, kept()]).dataset).toBeDefined()
  })

  it('gives the form back what a run did without while pictures came, unless it was changed since', () => {
    const lowered = { ...begun, form: { ...DEFAULT_RECIPE, trainSize: 900 }, lowered: { from: 5_000, to: 900 } }
    expect(replay([{ kind: 'gathering' }], lowered)).toMatchObject({ form: { trainSize: 5_000 }, lowered: undefined })
    const changed = { ...lowered, form: { ...DEFAULT_RECIPE, trainSize: 700 } }
    expect(replay([{ kind: 'gathering' }], changed).form.trainSize).toBe(700)
  })

  it('remembers why no backend trains until one does', () => {
    const failed = replay([{ kind: 'error', about: 'backend', message: 'No backend.' }])
    expect(failed.backendProblem).toBe('No backend.')
    const report = { backend: 'wasm', device: 'SIMD', reason: 'It was right.', refused: [] } as const
    const found = foldEvent(failed, { kind: 'backend', report: { ...report, refused: [] }, wanted: 'auto', automatic: 'wasm' })
    expect(found).toMatchObject({ backend: { device: 'SIMD' }, wantedBackend: 'auto', automaticBackend: 'wasm', backendProblem: undefined })
  })

  it('has no backend once it is lost, which the next start may mend, nor once no worker is left, which it cannot', () => {
    const report = { backend: 'wasm', device: 'SIMD', reason: 'It was right.', refused: [] } as const
    const connected: WorkerEvent = { kind: 'backend', report: { ...report, refused: [] }, wanted: 'auto' }
    const lost = replay([connected, { kind: 'error', about: 'backend', message: 'The GPU was lost.', code: 'backend lost' }])
    expect(lost).toMatchObject({ backend: undefined, backendLost: 'The GPU was lost.', backendProblem: undefined })
    expect(replay([connected], lost).backendLost).toBeUndefined()
    const gone = replay([connected, { kind: 'error', about: 'training', message: 'Reload the page.', code: 'worker gone' }])
    expect(gone).toMatchObject({ backend: undefined, backendProblem: 'Reload the page.' })
  })
})
