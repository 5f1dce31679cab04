import { describe, expect, it } from 'vitest'
import { answersOf, type Question } from './answers'

/** Four pictures on a circle, two of each class, and two prototypes. */
const question: Question = {
  recipe: { method: 'suave', temperature: 0.1 },
  features: { values: Float32Array.of(1, 0, 0.8, 0.6, 0, 1, -0.6, 0.8), size: 2 },
  scores: Float32Array.of(0.1, 0.9, 0.2, 0.8, 0.9, 0.1, 0.3, 0.4), prototypes: 2, classes: 2,
  labels: Uint8Array.of(0, 0, 1, 1), labelled: Uint8Array.of(1, 0, 1, 0), taught: Uint8Array.of(0, 0, 1, 1),
}

describe('what a network says of pictures', () => {
  it('is the class of its best prototype, where labels name the prototypes', () => {
    const { clusters, naming } = answersOf(question)
    expect([[...clusters], [...naming]]).toEqual([[1, 1, 0, 1], [0, 1]])
  })

  it('of a method without labels is read under the naming that fits best', () => {
    const { clusters, naming } = answersOf({ ...question, recipe: { method: 'swav', temperature: 0.1 } })
    expect([[...clusters], [...naming]]).toEqual([[1, 1, 0, 1], [1, 0]])
  })

  it('of PAWS is what the labelled pictures vote for', () => {
    const { clusters } = answersOf({ ...question, recipe: { method: 'paws', temperature: 0.1 } })
    expect([...clusters]).toEqual([0, 0, 1, 1])
    const misled = answersOf({ ...question, recipe: { method: 'paws', temperature: 0.1 }, taught: Uint8Array.of(1, 0, 0, 1) })
    expect([...misled.clusters]).toEqual([1, 1, 0, 0])
  })

  it('leaves spare prototypes without a name', () => {
    const scores = Float32Array.of(0, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0)
    const { clusters, naming } = answersOf({ ...question, scores, prototypes: 3 })
    expect([[...clusters], [...naming]]).toEqual([[2, 2, 1, 0], [0, 1, -1]])
  })
})
