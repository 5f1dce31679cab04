import { expect, it } from 'vitest'
import type { Answers } from '../training/events'
import { AnswerBook, MOST_POINTS } from './answer-book'
import type { EventOf } from './rehearsal'
import type { WorkerEvent } from './protocol'

/** Two pictures, of the classes 1 and 0, both of them fixed, of two classes and three prototypes. */
function open(named: boolean) {
  const heard: WorkerEvent[] = []
  const watch = { assignments: 0, snapshot: false, answers: false, lens: false }
  const test = { pixels: Uint8Array.from({ length: 2 * 3_072 }, (_, i) => (i < 3_072 ? 7 : 9)), labels: Uint8Array.of(1, 0) }
  const book = new AnswerBook({ runId: 3, test, fixed: Int32Array.of(1, 0), named }, { tell: (event) => heard.push(event), watched: () => watch })
  const told = () => heard.filter((event): event is EventOf<'answers'> => event.kind === 'answers')
  return { book, heard, watch, told }
}

const answersAt = (step: number): Answers => ({
  step, prototypes: 3, ranks: 2, ranking: Uint16Array.of(1, 0, 0, 1), probabilities: Float32Array.of(0.75, 0.125, 0.5, 0.25),
  // Picture 1, then picture 0.
  fixed: Float32Array.of(0.5, 0.25, 0.25, 0.125, 0.75, 0.125), bestNaming: Int32Array.of(2, 0),
})

it('tells nobody who does not watch, and who begins to watch the newest with all that went before', () => {
  const { book, heard, watch, told } = open(true)
  book.keep(answersAt(10))
  book.keep(answersAt(20))
  expect(heard).toEqual([])
  watch.answers = true
  book.show()
  book.show()
  expect(heard.map(({ kind }) => kind)).toEqual(['testPart', 'answers'])
  expect(heard[0]).toMatchObject({ runId: 3, part: { labels: Uint8Array.of(1, 0), fixed: Int32Array.of(1, 0) } })
  book.keep(answersAt(30))
  expect(heard.map(({ kind }) => kind)).toEqual(['testPart', 'answers', 'answers'])
  expect(told().at(-1)!.history.steps).toEqual([10, 20, 30])
})

it.each([
  { named: true, truth: [0.5, 0.75] }, // Picture 1 is of class 0: prototype 0; picture 0 of class 1: prototype 1.
  { named: false, truth: [0.25, 0.125] }, // Class 0 is prototype 2 and class 1 prototype 0.
])('reads the true classes’ probabilities under the naming that counts: named $named', ({ named, truth }) => {
  const { book, watch, told } = open(named)
  watch.answers = true
  book.keep(answersAt(1))
  expect([...told()[0]!.history.truth]).toEqual(truth)
})

it('says 0 of a class that no prototype stands for', () => {
  const { book, watch, told } = open(false)
  watch.answers = true
  book.keep({ ...answersAt(1), bestNaming: Int32Array.of(-1, 1) })
  expect([...told()[0]!.history.truth]).toEqual([0, 0.75])
})

it('keeps a bounded history that reaches from the first answers to the newest', () => {
  const { book, watch, told } = open(true)
  for (let step = 1; step <= 1_000; step++) book.keep(answersAt(step))
  watch.answers = true
  book.keep(answersAt(1_000))
  const { steps, truth } = told()[0]!.history
  expect(steps.length).toBeLessThanOrEqual(MOST_POINTS)
  expect([steps[0], steps.at(-1)]).toEqual([1, 1_000])
  expect(truth).toHaveLength(2 * steps.length)
  expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b))
})

it('sends the pictures of its own run alone, and only such as there are', () => {
  const { book, heard } = open(true)
  book.sendTiles(4, [0])
  book.sendTiles(3, [2])
  expect(heard).toEqual([])
  book.sendTiles(3, [1])
  expect(heard).toMatchObject([{ kind: 'testTiles', runId: 3, positions: [1] }])
  const [tiles] = heard as [EventOf<'testTiles'>]
  expect([...tiles.rgba.subarray(0, 4)]).toEqual([9, 9, 9, 255])
})
