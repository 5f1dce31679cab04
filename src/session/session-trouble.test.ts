import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { BackendError } from '../compute/open-backend'
import { DataError } from '../data/picture-set'
import { endRehearsals, isBackend, isError, isStatus, isStep, recipe, rehearse, start, turns } from './rehearsal'

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
    expect(error).toMatchObject({ about: 'data', message: expect.stringMatching(/CIFAR-10 is not here yet: drop its archive/) })
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

  it('a backend that cannot be had, while the old one stays', async () => {
    const rehearsal = rehearse({
      connect: (wanted) => wanted === 'webgpu'
        ? Promise.reject(new BackendError('This browser has no WebGPU.'))
        : connectNodeBackend('cpu'),
    })
    expect(await runsOn(rehearsal, { kind: 'connect', backend: 'webgpu' })).toMatchObject({ about: 'backend' })
    expect(rehearsal.heard.filter(isBackend)).toHaveLength(2)
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
    const { session, hear, heard } = rehearse()
    session.handle(start(1))
    await hear(isStep(1, 2))
    session.handle({ kind: 'connect', backend: 'cpu' })
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
    expect(await hear(isError)).toMatchObject({ about: 'backend', message: 'The GPU was lost.' })
    const from = heard.length
    session.handle(start(2, { steps: 3 }))
    await hear(isStatus(2, 'finished'))
    expect(heard.slice(from).filter(isBackend)).toHaveLength(1)
  })
})
