import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { BackendError } from '../compute/open-backend'
import { DataError } from '../data/picture-set'
import { TrainingError } from '../training/trainer'
import { countSteps, endRehearsals, isBackend, isError, isStatus, isStep, recipe, rehearse, start, turns } from './rehearsal'

beforeAll(() => connectNodeBackend('cpu'))
afterEach(endRehearsals)

describe('what goes wrong beside a run', () => {
  const runsOn = async ({ session, heard, hear }: ReturnType<typeof rehearse>, disturb: unknown) => {
    session.handle(start(1))
    const { event } = await hear(isStep(1, 2))
    const from = heard.length
    session.handle(disturb)
    const error = await hear(isError, from)
    await hear(isStep(1, event.step + 5), from)
    return error
  }

  it('a load that fails', async () => {
    const rehearsal = rehearse({ readFiles: () => Promise.reject(new DataError('cats.zip is no CIFAR archive.')) })
    const error = await runsOn(rehearsal, { kind: 'load', files: [{ path: 'cats.zip', file: new File([], 'cats.zip') }], recipe })
    expect(error).toEqual({ kind: 'error', about: 'data', message: 'cats.zip is no CIFAR archive.' })
  })

  it('a start without its pictures', async () => {
    const error = await runsOn(rehearse(), start(2, { dataset: 'cifar10' }))
    expect(error).toMatchObject({ about: 'data', dataset: 'cifar10', message: expect.stringMatching(/CIFAR-10 is not here yet: drop its archive/) })
  })

  it('a preview of pictures that are not here', async () => {
    const error = await runsOn(rehearse(), { kind: 'preview', recipe: { ...recipe, dataset: 'cifar100' } })
    expect(error).toMatchObject({ about: 'data', dataset: 'cifar100' })
    expect(error).not.toHaveProperty('code')
  })

  it('a download that fails', async () => {
    const error = await runsOn(rehearse(), { kind: 'fetch', recipe: { ...recipe, dataset: 'cifar10' }, base: 'http://127.0.0.1:9' })
    expect(error).toMatchObject({ about: 'data', dataset: 'cifar10', code: 'not fetched' })
  })

  it('a picture that cannot be cut into views', async () => {
    const { session, hear } = rehearse({ connect: () => Promise.reject(new Error('a fault')) })
    session.handle({ kind: 'previewViews', album: 1, position: 0, recipe, throwOf: 1 })
    expect(await hear(isError)).toEqual({ kind: 'error', about: 'data', message: 'Something went wrong that should not: a fault' })
  })

  it('a start that its pictures do not suit', async () => {
    const error = await runsOn(rehearse(), start(2, { unlabelledBatch: 1_000 }))
    expect(error).toMatchObject({ about: 'recipe', message: expect.stringMatching(/^A batch of 1000 unlabelled pictures is larger than/) })
  })

  it('a recipe out of range', async () => {
    const error = await runsOn(rehearse(), { kind: 'start', runId: 2, recipe: { ...recipe, epsilon: -1 }, paused: false })
    expect(error).toMatchObject({ about: 'recipe', message: expect.stringMatching(/epsilon cannot be -1/) })
  })

  it.each([
    { what: 'nothing', message: undefined },
    { what: 'null', message: null },
    { what: 'a number', message: 7 },
    { what: 'a list', message: [] },
    { what: 'no kind', message: {} },
    { what: 'an unknown kind', message: { kind: 'dance' } },
    { what: 'a value out of range', message: { kind: 'watch', watch: { assignments: 1e9, snapshot: false, answers: false, lens: false } } },
    { what: 'files that are none', message: { kind: 'load', files: [{}], recipe } },
  ])('a malformed message: $what', async ({ message }) => {
    expect(await runsOn(rehearse(), message)).toMatchObject({ about: 'message' })
  })

  it('files that were handed for a load that was stopped', async () => {
    const read: string[] = []
    const { session } = rehearse({
      readFiles: (files) => {
        read.push(...files.map(({ path }) => path))
        return Promise.reject(new DataError('They are no pictures.'))
      },
    })
    const files = (path: string) => [{ path, file: new File([], path) }]
    session.handle({ kind: 'hand', files: files('cats.png') })
    session.handle({ kind: 'cancel' })
    session.handle({ kind: 'hand', files: files('dogs.png') })
    session.handle({ kind: 'load', files: files('fish.png'), recipe })
    await turns(20)
    expect(read).toEqual(['dogs.png', 'fish.png'])
  })

  it('a backend that cannot be had, while the old one stays', async () => {
    const rehearsal = rehearse({
      connect: (wanted) => wanted === 'webgpu'
        ? Promise.reject(new BackendError('This browser has no WebGPU.'))
        : connectNodeBackend('cpu'),
    })
    expect(await runsOn(rehearsal, { kind: 'connect', backend: 'webgpu' })).toMatchObject({ about: 'backend' })
    expect(rehearsal.heard.filter(isBackend)).toMatchObject([{ wanted: 'auto' }, { wanted: 'auto' }])
  })
})

describe('a run', () => {
  it('that goes astray is named as the one that stopped', async () => {
    const train = async function* () {
      yield { type: 'stepped', step: 1 } as const
      throw new TrainingError('The loss is no longer a number at step 2.')
    }
    const { session, hear } = rehearse({ train })
    session.handle(start(4))
    expect(await hear(isError)).toEqual({
      kind: 'error', about: 'training', message: 'The loss is no longer a number at step 2.', runId: 4, code: 'diverged',
    })
  })

  it('that has ended for one that never began is not told to go on', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const { session, hear, heard } = rehearse({
      train: async function* (...parts) {
        try {
          yield* countSteps()(...parts)
        } finally {
          await held
        }
      },
    })
    session.handle(start(1))
    await hear(isStep(1, 2))
    session.handle(start(2))
    await hear(isStatus(1, 'idle'))
    // It waits for the end of the first run when a third one, which cannot start, takes its turn.
    session.handle(start(3, { unlabelledBatch: 1_000 }))
    await hear(isStatus(3, 'idle'))
    release()
    await turns(30)
    const statuses = heard.flatMap((event) => event.kind === 'status' && event.runId === 1 ? [event.status] : [])
    expect(statuses).toEqual(['preparing', 'running', 'idle'])
    expect(heard.some(isStatus(2, 'running'))).toBe(false)
  })
})

describe('the backend', () => {
  it('is chosen by the ladder when the first one wished for cannot be had', async () => {
    const { session, hear, heard } = rehearse({
      connect: (wanted) => wanted === 'auto'
        ? connectNodeBackend('cpu')
        : Promise.reject(new BackendError('This browser has no WebGPU.')),
    })
    session.handle({ kind: 'connect', backend: 'webgpu' })
    expect((await hear(isBackend)).report.backend).toBe('cpu')
    expect(heard.filter(isError)).toHaveLength(1)
  })

  it('is connected once for the same choice and tells its report again', async () => {
    let connected = 0
    const { session, hear, heard } = rehearse({
      connect: () => {
        connected++
        return connectNodeBackend('cpu')
      },
    })
    session.handle({ kind: 'connect', backend: 'auto' })
    await hear(isBackend)
    session.handle({ kind: 'connect', backend: 'auto' })
    await hear(isBackend, heard.length)
    expect(connected).toBe(1)
  })

  it('ends the run when another one takes its place', async () => {
    const { session, hear, heard } = rehearse({
      connect: async (wanted) => ({ ...await connectNodeBackend('cpu'), ...(wanted === 'wasm' && { backend: wanted }) }),
    })
    session.handle(start(1))
    const { event: { step } } = await hear(isStep(1, 2))
    session.handle({ kind: 'connect', backend: 'cpu' })
    await hear(isBackend, heard.length)
    // It is the one in use.
    await hear(isStep(1, step + 2))
    session.handle({ kind: 'connect', backend: 'wasm' })
    await hear(isStatus(1, 'idle'))
    const from = heard.length
    await turns(30)
    expect(heard.slice(from).some((event) => event.kind === 'training')).toBe(false)
  })

  it('that is lost ends the run with a sentence and is connected anew by the next start', async () => {
    let lose: (sentence: string) => void = () => {}
    const { session, hear, heard } = rehearse({
      connect: (_wanted, onLost) => {
        lose = onLost
        return connectNodeBackend('cpu')
      },
    })
    session.handle(start(1))
    await hear(isStep(1, 2))
    lose('The GPU was lost.')
    await hear(isStatus(1, 'idle'))
    expect(await hear(isError)).toMatchObject({ about: 'backend', message: 'The GPU was lost.', runId: 1, code: 'backend lost' })
    const from = heard.length
    session.handle(start(2, { steps: 3 }))
    await hear(isStatus(2, 'finished'))
    expect(heard.slice(from).filter(isBackend)).toHaveLength(1)
  })
})
