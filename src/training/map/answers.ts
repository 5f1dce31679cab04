import { labelsNamePrototypes } from '../../recipe/naming'
import type { Recipe } from '../../recipe/recipe'
import { bestNaming, confusionOf } from '../confusion'
import type { Rows } from './principal-plane'

/** What a network says of pictures whose classes are known. */
export interface Answers {
  /** The prototype that wins each picture (of PAWS the class that its neighbours vote for), [pictures]. */
  clusters: Int32Array
  /** The class that each cluster stands for, [clusters]; −1 where none does. */
  naming: Int32Array
}

export interface Question {
  recipe: Pick<Recipe, 'method' | 'temperature'>
  /** Unit features of the pictures. */
  features: Rows
  /** Their cosines with the prototypes, [pictures, prototypes]. */
  scores: Float32Array
  prototypes: number
  classes: number
  /** [pictures] */
  labels: Uint8Array
  /** 1 where the learner sees a label, [pictures]. */
  labelled: Uint8Array
  /** What that label says, right or wrong, [pictures]. */
  taught: Uint8Array
}

/** Answers as an evaluation reads them: prototype k is class k where labels say so, else the best one-to-one naming counts. */
export function answersOf(question: Question): Answers {
  const { recipe, scores, prototypes, classes, labels } = question
  const identity = (count: number) => Int32Array.from({ length: count }, (_, k) => (k < classes ? k : -1))
  if (recipe.method === 'paws') return { clusters: winnersOf(votesOf(question), classes), naming: identity(classes) }
  const clusters = winnersOf(scores, prototypes)
  if (labelsNamePrototypes(recipe.method)) return { clusters, naming: identity(prototypes) }
  const naming = new Int32Array(prototypes).fill(-1)
  bestNaming(confusionOf(clusters, labels, classes, prototypes)).forEach((cluster, k) => {
    if (cluster >= 0) naming[cluster] = k
  })
  return { clusters, naming }
}

/** Soft nearest neighbours among the labelled pictures (Assran et al., PAWS, 2021, equation 1), [pictures, classes]. */
function votesOf({ features: { values, size }, recipe, classes, taught, labelled }: Question): Float32Array {
  const voters = [...taught.keys()].filter((picture) => labelled[picture] === 1)
  const votes = new Float32Array(taught.length * classes)
  for (let picture = 0; picture < taught.length; picture++) {
    const row = picture * size
    for (const voter of voters) {
      let cosine = 0
      for (let i = 0; i < size; i++) cosine += values[row + i]! * values[voter * size + i]!
      votes[picture * classes + taught[voter]!]! += Math.exp((cosine - 1) / recipe.temperature)
    }
  }
  return votes
}

/** The column of each row’s largest number. */
function winnersOf(rows: Float32Array, columns: number): Int32Array {
  return Int32Array.from({ length: rows.length / columns }, (_, row) => {
    let best = 0
    for (let k = 1; k < columns; k++) if (rows[row * columns + k]! > rows[row * columns + best]!) best = k
    return best
  })
}
