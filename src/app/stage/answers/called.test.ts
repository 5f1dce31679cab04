import { expect, it } from 'vitest'
import { calledOf, classesOf, guessesOf, historyOf, namingOf, worstMistakes } from './called'

/** Five pictures, three prototypes, two classes. The three likeliest of each, and how likely. */
const ANSWERS = {
  step: 7, prototypes: 3, ranks: 3,
  ranking: Uint16Array.of(0, 1, 2, /**/ 2, 0, 1, /**/ 1, 2, 0, /**/ 0, 2, 1, /**/ 2, 1, 0),
  probabilities: Float32Array.of(0.75, 0.25, 0, /**/ 0.5, 0.25, 0.25, /**/ 0.875, 0.125, 0, /**/ 0.625, 0.25, 0.125, /**/ 0.5, 0.375, 0.125),
  fixed: new Float32Array(),
  // Class 0 is best prototype 2, class 1 best prototype 0; prototype 1 is left over.
  bestNaming: Int32Array.of(2, 0),
}
const LABELS = Uint8Array.of(1, 0, 1, 0, 1)

it('calls pictures by the class of their likeliest prototype, under either naming', () => {
  expect([...namingOf(ANSWERS, 'identity')]).toEqual([0, 1])
  const identity = classesOf(namingOf(ANSWERS, 'identity'), 3)
  expect([...identity]).toEqual([0, 1, -1])
  expect([...calledOf(ANSWERS, identity)]).toEqual([0, -1, 1, 0, -1])
  const hungarian = classesOf(namingOf(ANSWERS, 'hungarian'), 3)
  expect([...hungarian]).toEqual([1, -1, 0])
  expect([...calledOf(ANSWERS, hungarian)]).toEqual([1, 0, -1, 1, 0])
})

it('gives no prototype to a class without one', () => {
  expect([...classesOf(Int32Array.of(-1, 1), 2)]).toEqual([-1, 1])
})

it('puts the surest mistakes first, and no right answer among them', () => {
  const identity = calledOf(ANSWERS, Int32Array.of(0, 1, -1))
  // Right: pictures 2 and 3. Wrong: 0 (0.75), 1 and 4 (0.5 each).
  expect(worstMistakes(ANSWERS, identity, LABELS, 24)).toEqual([0, 1, 4])
  expect(worstMistakes(ANSWERS, identity, LABELS, 2)).toEqual([0, 1])
  const hungarian = calledOf(ANSWERS, Int32Array.of(1, -1, 0))
  // Right: 0 and 1. Wrong: 2 (0.875), 3 (0.625), 4 (0.5).
  expect(worstMistakes(ANSWERS, hungarian, LABELS, 24)).toEqual([2, 3, 4])
})

it('tells the three likeliest prototypes of a picture', () => {
  expect(guessesOf(ANSWERS, 3)).toEqual([
    { prototype: 0, probability: 0.625 }, { prototype: 2, probability: 0.25 }, { prototype: 1, probability: 0.125 },
  ])
})

it('follows one picture through the evaluations', () => {
  const history = { steps: [10, 20], truth: Float32Array.of(0.25, 0.5, 0.125, 0.75, 0.5, 0) }
  expect(historyOf(history, 1)).toEqual([{ step: 10, share: 0.5 }, { step: 20, share: 0.5 }])
  expect(historyOf(history, 2)).toEqual([{ step: 10, share: 0.125 }, { step: 20, share: 0 }])
})
