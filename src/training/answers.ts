import { argMax, cast, concat, div, expandDims, mul, oneHot, softmax, sub, sum, tidy, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Answers } from './events'

/** Prototypes that are told of a picture. */
const RANKS = 3
/** More than any two scores differ: cosines and votes are within [−1, 1]. */
const OUT_OF_REACH = 10

/** Probabilities of prototypes by their scores, softmax(s/τ); votes are probabilities as they are. */
export function probabilitiesOf(scores: Tensor2D, temperature: number, votes: boolean): Tensor2D {
  return votes ? scores : softmax(div(scores, temperature) as Tensor2D)
}

/**
 * The best prototypes of each row by its scores, [rows, ranks], and their probabilities beside them: [rows, 2·ranks].
 * Of equal scores the first prototype is the better one, as in the count of the right ones.
 */
export function ranked(scores: Tensor2D, probabilities: Tensor2D): Tensor2D {
  return tidy(() => {
    const prototypes = scores.shape[1]
    const [winners, shares]: [Tensor2D[], Tensor2D[]] = [[], []]
    let left = scores
    for (let rank = 0; rank < Math.min(RANKS, prototypes); rank++) {
      const winner = argMax(left, 1)
      // On WASM a one-hot of type float32 holds the bits of whole numbers.
      const chosen = cast(oneHot(winner, prototypes), 'float32') as Tensor2D
      winners.push(expandDims(cast(winner, 'float32'), 1))
      shares.push(sum(mul(probabilities, chosen), 1, true))
      left = sub(left, mul(chosen, OUT_OF_REACH))
    }
    return concat([...winners, ...shares], 1)
  })
}

/** Numbers as `ranked` gives them, row by row. */
export function unpackRanked(numbers: Float32Array, rows: number): Pick<Answers, 'ranks' | 'ranking' | 'probabilities'> {
  const ranks = numbers.length / rows / 2
  const ranking = new Uint16Array(rows * ranks)
  const probabilities = new Float32Array(rows * ranks)
  for (let row = 0; row < rows; row++) {
    const from = row * 2 * ranks
    ranking.set(numbers.subarray(from, from + ranks), row * ranks)
    probabilities.set(numbers.subarray(from + ranks, from + 2 * ranks), row * ranks)
  }
  return { ranks, ranking, probabilities }
}
