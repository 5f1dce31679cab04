import { expect, it } from 'vitest'
import { timesOf } from './clock'
import { DisagreementError, type Contestant } from './contestant'
import { callTimes, raceSteps, stepInTurn } from './steps'
import { linesOf, ratiosOf, sectionsOf } from './table'

/** Takes the given losses, one a step. */
function contestant(name: string, losses: number[]): Contestant {
  let at = 0
  return { name, step: () => ({ done: Promise.resolve(losses[at++]!) }), dispose() {} }
}

it('takes the middle of the times', () => {
  expect(timesOf([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5, count: 3 })
  expect(timesOf([1, 2, 4, 100]).median).toBe(3)
  expect(() => timesOf([])).toThrow(RangeError)
})

it('lets contestants step in turn and keeps the times after the warm-up', async () => {
  const [first, second] = await raceSteps([
    { contestant: contestant('a', [3, 2, 1]) }, { contestant: contestant('b', [3.01, 2.01, 1.01]) },
  ], 1)
  expect(first).toMatchObject({ name: 'a', losses: [3, 2, 1], milliseconds: { count: 1 } })
  expect(second!.losses).toEqual([3.01, 2.01, 1.01])
})

it('refuses figures of contestants that do not compute the same', async () => {
  const race = (losses: number[]) => raceSteps([{ contestant: contestant('a', [3, 2]) }, { contestant: contestant('b', losses) }], 1, { warmUp: 1 })
  await expect(race([3, 2.2])).rejects.toThrow(DisagreementError)
  await expect(race([3, NaN])).rejects.toThrow(/step 2: 2 of a, NaN of b/)
})

it('times sizes that have other losses, in turn', async () => {
  const order: string[] = []
  const sized = (name: string, loss: number): Contestant => (
    { name, step: () => (order.push(name), { done: Promise.resolve(loss) }), dispose() {} })
  const runs = await stepInTurn([{ contestant: sized('once', 1) }, { contestant: sized('twice', 9) }], 2, { warmUp: 1 })
  expect(order).toEqual(['once', 'twice', 'once', 'twice', 'once', 'twice'])
  expect(runs.map(({ milliseconds }) => milliseconds.count)).toEqual([2, 2])
})

it('tells how the step grows as times of its first size', () => {
  const growth = { batch: { '×1': 200, '×2': 300, '×4': 800 }, width: { '×0.5': 100, '×1': 200, '×2': 700 } }
  const [section] = sectionsOf({ adapter: 'made up', software: true, growth })
  expect(section!.rows.map(({ what, values }) => [what, values[1]])).toEqual([
    ['batch ×1', '1.00×'], ['batch ×2', '1.50×'], ['batch ×4', '4.00×'], ['width ×0.5', '0.500×'], ['width ×1', '1.00×'], ['width ×2', '3.50×'],
  ])
})

it('times the calls alone, each contestant’s in turn, by the clock that it is given', async () => {
  let now = 0
  const entries = ['a', 'b'].map((name) => ({ contestant: contestant(name, Array.from({ length: 9 }, () => 1)) }))
  const times = await callTimes(entries, 4, { warmUp: 5, clock: () => (now += 3) })
  expect(times).toEqual([timesOf([3, 3, 3, 3]), timesOf([3, 3, 3, 3])])
})

it('tells the processors’ time where there is a clock for it', async () => {
  let used = 0
  const [one] = await raceSteps([{ contestant: contestant('a', [2, 1]) }], 1, { warmUp: 1, processorTime: () => (used += 7) })
  expect(one!.processorMilliseconds).toEqual(timesOf([7]))
})

it('sets the figures side by side', () => {
  const times = (median: number) => ({ median, least: median, most: median, count: 1 })
  const counts = (dispatches: number) => ({ dispatches, submits: 1, passes: 1, uploaded: 1_000, allocated: 10 * dispatches, held: 100 * dispatches })
  const result = {
    adapter: 'made up', software: true,
    step: [
      { name: 'ours', milliseconds: times(10), losses: [1], counts: counts(10) },
      { name: 'stock', milliseconds: times(1_234), losses: [1], counts: counts(100) },
      { name: 'jax-js', milliseconds: times(60), losses: [1] },
    ],
    calls: { own: { milliseconds: times(1), counts: counts(10) }, stock: { milliseconds: times(6), counts: counts(100) } },
  }
  const lines = linesOf(result)
  expect(new Set(lines.slice(lines.indexOf('One step of Suave') + 1, lines.indexOf('One step of Suave') + 5).map(({ length }) => length)).size).toBe(1)
  expect(ratiosOf(result)).toEqual({
    stockStepToOurs: 123.4, jaxStepToOurs: 6, dispatchesOursToStock: 0.1, allocatedOursToStock: 0.1, heldOursToStock: 0.1, uploadedBytes: 1_000, stockCallsToOurs: 6,
  })
  const [steps] = sectionsOf(result)
  expect(steps!.columns).toEqual(['median', 'fastest', 'slowest', '÷ ours', 'processors’ time'])
  expect(steps!.rows[1]).toEqual({ what: 'stock', values: ['1,230 ms', '1,230 ms', '1,230 ms', '123×', '–'] })
})
