import { readLabelEdits } from '../recipe/label-edits'
import { randomStream } from './random'

/** What decides over the labels of a training part; it stays the same over a run, in the order of the pictures. */
export interface LabelPool {
  /** True class of each picture. */
  classes: Uint8Array
  /** Number of each picture in its source: what edits name it by. */
  origins: Int32Array
  /** Place of each picture in its class’s order: the first places get the labels. */
  ranks: Int32Array
  /** From 0 to 1: a label is wrong when the share of wrong labels is larger than this. */
  doubts: Float32Array
  /** What a wrong label says. */
  mistakes: Uint8Array
}

/** The recipe’s fields of the same names. */
export interface LabelChoice {
  labelsPerClass: number
  /** Share of wrong labels; 0 when absent. */
  labelNoise?: number
  /** What a person gave or took; nothing when absent. */
  labels?: string
}

/** The labels that the learner sees. */
export interface Labels {
  /** Positions of the labelled pictures, ascending. */
  labelled: Int32Array
  /** What the label of each picture says, if the learner sees it. */
  taught: Uint8Array
}

/** Steps of the golden ratio: any first few of them spread evenly over 0 to 1. */
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * The pool of a training part. The doubts spread evenly over the classes and over the first places of each, so that
 * any number of labels holds about the asked share of wrong ones, and a larger share contains the smaller.
 */
export function createLabelPool(
  { classes, origins, ranks }: Pick<LabelPool, 'classes' | 'origins' | 'ranks'>, classCount: number, seed: number,
): LabelPool {
  const starts = randomStream(seed, 'label noise').permutation(classCount)
  const random = randomStream(seed, 'wrong labels')
  return {
    classes, origins, ranks,
    doubts: Float32Array.from(classes, (label, position) =>
      ((starts[label]! + 0.5) / classCount + ranks[position]! * GOLDEN) % 1),
    mistakes: classes.map((label) => (label + 1 + random.below(Math.max(1, classCount - 1))) % classCount),
  }
}

/** The labels of a pool under a choice. */
export function labelsOf(pool: LabelPool, { labelsPerClass, labelNoise = 0, labels = '' }: LabelChoice): Labels {
  const { given, taken } = readLabelEdits(labels)
  const labelled: number[] = []
  pool.ranks.forEach((rank, position) => {
    const origin = pool.origins[position]!
    if ((rank < labelsPerClass && !taken.has(origin)) || given.has(origin)) labelled.push(position)
  })
  return {
    labelled: Int32Array.from(labelled),
    taught: pool.classes.map((label, position) => (pool.doubts[position]! < labelNoise ? pool.mistakes[position]! : label)),
  }
}
