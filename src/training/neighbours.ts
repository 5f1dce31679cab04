import {
  argMax, cast, div, exp, expandDims, gather, matMul, mul, oneHot, reshape, slice, sub, sum, topk,
  type Tensor1D, type Tensor2D,
} from '@tensorflow/tfjs-core'
import { unitRows } from '../compute/unit-rows'

/** Features whose classes are known. */
export interface Bank {
  /** [pictures, size] */
  features: Tensor2D
  /** [pictures], int32 */
  labels: Tensor1D
  classCount: number
}

export interface Vote {
  /** How many of the bank have a voice; all of a smaller bank. */
  neighbours: number
  /** A neighbour’s voice is exp(cosine / temperature). */
  temperature: number
}

/** Those of the papers (Caron et al., DINO, 2021, section 4.1 and its code). */
export const VOTE: Vote = { neighbours: 20, temperature: 0.07 }

/** Share of its neighbours’ voices that each class has, [queries, classes] (weighted kNN after Wu et al., 2018, section 3.4). */
export function neighbourShares(queries: Tensor2D, bank: Bank, vote: Vote = VOTE): Tensor2D {
  const cosines = matMul(unitRows(queries), unitRows(bank.features), false, true)
  const neighbours = Math.min(vote.neighbours, bank.labels.size)
  const { values, indices } = topk(cosines, neighbours)
  // Only ratios count: with the nearest one’s voice at 1 nothing overflows.
  const voices = exp(div(sub(values, slice(values, [0, 0], [-1, 1])), vote.temperature))
  const labels = reshape(gather(bank.labels, reshape(cast(indices, 'int32'), [-1])), indices.shape)
  const votes = sum(mul(oneHot(labels as Tensor2D, bank.classCount), expandDims(voices, 2)), 1)
  return div(votes, sum(votes, 1, true))
}

/** The class that most voices are for, [queries], int32. */
export function neighbourPredictions(queries: Tensor2D, bank: Bank, vote: Vote = VOTE): Tensor1D {
  return argMax(neighbourShares(queries, bank, vote), 1)
}
