import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { endRehearsals, isStatus, isStep, rehearse, start, turns, watching, type EventOf } from './rehearsal'

beforeAll(() => connectNodeBackend('cpu'))
afterEach(endRehearsals)

const isAnswers = (step: number) => (event: { kind: string }): event is EventOf<'answers'> =>
  event.kind === 'answers' && (event as EventOf<'answers'>).answers.step >= step

describe('the answers to the test pictures', () => {
  it('are not told while nobody watches, and then with all evaluations before', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(start(1, { steps: 70 }))
    await hear(isStatus(1, 'finished'))
    expect(heard.some(({ kind }) => kind === 'testPart' || kind === 'answers')).toBe(false)
    session.handle(watching({ answers: true }))
    const { history } = await hear(isAnswers(60))
    expect(history.steps).toEqual([20, 40, 60])
    expect(history.truth).toHaveLength(3 * 24)
    const part = heard.find((event): event is EventOf<'testPart'> => event.kind === 'testPart')!.part
    expect(part.labels).toHaveLength(50)
    expect(part.fixed).toHaveLength(24)
  })

  it('come with the evaluations of a free run, and at once when it rests', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(watching({ answers: true }))
    session.handle(start(1))
    await hear(isAnswers(40))
    expect(heard.filter(isAnswers(0)).every(({ answers }) => answers.step % 20 === 0)).toBe(true)
    session.handle({ kind: 'pause' })
    const { step } = await hear(isStatus(1, 'paused'))
    await hear(isAnswers(step))
    const told = heard.length
    session.handle({ kind: 'step' })
    await hear(isAnswers(step + 1), told)
    await turns(20)
    expect(heard.filter(isStep(1, step + 2))).toEqual([])
    expect(heard.filter(isAnswers(step + 1))).toHaveLength(1)
  })

  it('have pictures, as long as the run is the one on show', async () => {
    const { session, heard, hear } = rehearse()
    session.handle(start(1, {}, true))
    await hear(isStatus(1, 'paused'))
    session.handle({ kind: 'testTiles', runId: 1, positions: [3, 0] })
    const tiles = await hear((event): event is EventOf<'testTiles'> => event.kind === 'testTiles')
    expect(tiles).toMatchObject({ runId: 1, positions: [3, 0] })
    // Picture 3 is of the green class and has 103 there, picture 0 of the red one.
    expect([...tiles.rgba.subarray(0, 4)]).toEqual([0, 103, 0, 255])
    expect([...tiles.rgba.subarray(4_096, 4_100)]).toEqual([100, 0, 0, 255])
    session.handle({ kind: 'reset' })
    session.handle({ kind: 'testTiles', runId: 1, positions: [3] })
    await turns(20)
    expect(heard.filter(({ kind }) => kind === 'testTiles')).toHaveLength(1)
  })
})
