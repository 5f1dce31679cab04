import { fieldOf, flagOf } from '../recipe/recipe'
import { createLabelPool, labelsOf, type LabelChoice, type LabelPool, type Labels } from './labels'
import {
  choosePictures, DataError, PICTURE_BYTES, pictureAt, pictureCount, quoted, type PictureSet, type PictureSource,
} from './picture-set'
import { randomStream } from './random'

/** What a split asks for; the recipe’s fields of the same names. */
export interface SplitRequest extends LabelChoice {
  trainSize: number
  testSize: number
  /** How many times more pictures the first class has than the last; 1 when absent. */
  imbalance?: number
  seed: number
}

/** Which pictures a run learns from, which of them are labelled, which measure it. */
export interface Split extends Labels {
  /** The training part, shuffled: `trainSize` pictures in equal classes, or fewer where classes are imbalanced. */
  train: PictureSet
  /** What decides over the labels of `train`. */
  pool: LabelPool
  test: PictureSet
  /** Per-channel mean and standard deviation of the training part, of pixels scaled to [0, 1]; 1 where a channel never varies. */
  statistics: { mean: [number, number, number]; deviation: [number, number, number] }
}

/**
 * Chooses the training part, its labels and the test part of a run.
 *
 * Each class is shuffled once by the seed. Training takes from the front of a class, labels from the
 * front of that, held-out test pictures from the back: so more labels contain the fewer, a larger
 * training part the smaller, and a held-out test part stays the same whatever the training size.
 * A source’s own test part is used whole when it is no larger than `testSize`, else a balanced choice of it.
 * Imbalanced classes keep the front of what they would have had: all of it the first, a share of `1 / imbalance` the last.
 * @throws DataError when the source has too few pictures, with the number that would do, or a test part without any.
 */
export function splitPictures(source: PictureSource, request: SplitRequest): Split {
  const { trainSize, seed } = request
  const classes = source.classNames.length
  const byClass = shuffledByClass(source.train.labels, classes, seed, 'split')
  // What remains goes to the last classes here, so that no class gives twice more than another.
  const heldOut = source.test ? [] : shares(request.testSize, classes).reverse()
  const wanted = shares(trainSize, classes)

  checkLabels(request, classes)
  checkSupply(source, request, byClass, wanted, heldOut)
  checkTest(source)

  const kept = thinned(wanted, request.imbalance ?? 1)
  const total = kept.reduce((sum, count) => sum + count, 0)
  const order = randomStream(seed, 'split order').permutation(total)
  const positions = new Int32Array(total)
  const ranks = new Int32Array(total)
  let taken = 0
  byClass.forEach((members, label) => {
    for (let rank = 0; rank < kept[label]!; rank++) {
      const position = order[taken++]!
      positions[position] = members[rank]!
      ranks[position] = rank
    }
  })
  const train = choosePictures(source.train, positions)
  // A picture keeps its number when fewer classes are chosen.
  const { labels, rows: origins = positions } = train
  const pool = createLabelPool({ classes: labels, origins, ranks }, classes, seed)
  return {
    train,
    pool,
    ...requireLabels(labelsOf(pool, request)),
    test: source.test
      ? chooseTest(source.test, request, classes)
      : choosePictures(source.train, byClass.flatMap((members, label) => members.slice(members.length - heldOut[label]!))),
    statistics: channelStatistics(train),
  }
}

/** The positions of each class’s pictures, in an order of the seed’s. */
function shuffledByClass(labels: Uint8Array, classes: number, seed: number, name: string): number[][] {
  const byClass = Array.from({ length: classes }, (): number[] => [])
  for (const picture of randomStream(seed, name).permutation(labels.length)) {
    byClass[labels[picture]!]!.push(picture)
  }
  return byClass
}

/** `total` shared equally among the classes; the first ones take what remains. */
function shares(total: number, classes: number): number[] {
  const least = Math.floor(total / classes)
  return Array.from({ length: classes }, (_, label) => least + (label < total % classes ? 1 : 0))
}

/** Each class falls off by the same factor from one to the next, down to one picture at least. */
function thinned(counts: number[], imbalance: number): number[] {
  return counts.map((count, label) => {
    const share = imbalance ** (-label / Math.max(1, counts.length - 1))
    return Math.max(Math.min(count, 1), Math.round(count * share))
  })
}

/** The split with other labels; the pictures stay. Without a single label it stays as it is. */
export function relabelled(split: Split, choice: LabelChoice): Split {
  const labels = labelsOf(split.pool, choice)
  return labels.labelled.length > 0 ? { ...split, ...labels } : split
}

function requireLabels(labels: Labels): Labels {
  if (labels.labelled.length > 0) return labels
  throw new DataError('No picture has a label left, and a run learns from one at least: give a picture its label back.')
}

function checkLabels({ trainSize, labelsPerClass }: SplitRequest, classes: number): void {
  if (labelsPerClass * classes <= trainSize) return
  throw new DataError(
    `${labelsPerClass} labels for each of ${classes} classes need ${inWords(labelsPerClass * classes)} `
    + `training pictures, but the run has ${inWords(trainSize)}: lower ${control('labelsPerClass')} or raise ${control('trainSize')}.`,
  )
}

function checkSupply(
  source: PictureSource,
  { trainSize, testSize }: SplitRequest,
  byClass: number[][],
  wanted: number[],
  heldOut: number[],
): void {
  const short = byClass.some((members, label) => members.length < wanted[label]! + (heldOut[label] ?? 0))
  if (!short) return
  const rarest = byClass.reduce((best, members, label) => members.length < byClass[best]!.length ? label : best, 0)
  const fewest = byClass[rarest]!.length
  const there = `The data holds ${inWords(pictureCount(source.train))} training pictures, `
    + `of the class “${source.classNames[rarest]}” ${inWords(fewest)}`
  const limit = (fewest - Math.max(0, ...heldOut)) * byClass.length
  if (limit <= 0) {
    throw new DataError(source.test
      ? `${there}, and a run needs some of each class: choose files that hold every class.`
      : `${there}, too few to hold out ${inWords(testSize)} for the test: `
        + `lower ${control('testSize')} or add a test file.`)
  }
  throw new DataError(
    `${there}, too few for ${inWords(trainSize)} of equal classes`
    + `${source.test ? '' : ` beside ${inWords(testSize)} held out for the test`}: `
    + `lower ${control('trainSize')} to ${inWords(limit)} or less.`,
  )
}

/** Pictures of other classes than the chosen ones do not count. */
function checkTest({ test, classNames }: PictureSource): void {
  if (!test || pictureCount(test) > 0) return
  throw new DataError(
    `The test part has no picture of the classes ${quoted(classNames)}, so nothing could measure the run: `
    + 'give it pictures of classes that have the same names, choose other classes, or leave it out.',
  )
}

/** The whole test part in its order, or `testSize` of it: as balanced as its classes allow. */
function chooseTest(test: PictureSet, { testSize, seed }: SplitRequest, classes: number): PictureSet {
  if (testSize >= pictureCount(test)) return test
  const rounds = shuffledByClass(test.labels, classes, seed, 'split test')
    .flatMap((members) => members.map((picture, round) => ({ picture, round })))
    .sort((a, b) => a.round - b.round)
  return choosePictures(test, rounds.slice(0, testSize).map(({ picture }) => picture))
}

/** Sums of whole numbers, so exact for as many pictures as fit in memory. */
function channelStatistics(set: PictureSet): Split['statistics'] {
  const sums = [0, 0, 0]
  const squares = [0, 0, 0]
  for (let position = 0; position < pictureCount(set); position++) {
    const picture = pictureAt(set, position)
    for (let at = 0; at < PICTURE_BYTES; at++) {
      const value = picture[at]!
      sums[at % 3]! += value
      squares[at % 3]! += value * value
    }
  }
  const count = (pictureCount(set) * PICTURE_BYTES) / 3
  const mean = (channel: number) => sums[channel]! / count
  // A channel that never varies stays at 0 once its mean is taken off; divided by 0 it would be no number.
  const deviation = (channel: number) => Math.sqrt(Math.max(0, squares[channel]! / count - mean(channel) ** 2)) || 255
  return {
    mean: [mean(0) / 255, mean(1) / 255, mean(2) / 255],
    deviation: [deviation(0) / 255, deviation(1) / 255, deviation(2) / 255],
  }
}

/** A field by the name on its slider and its flag. */
function control(name: 'trainSize' | 'testSize' | 'labelsPerClass'): string {
  return `“${fieldOf(name).label}” (--${flagOf(name)})`
}

function inWords(count: number): string {
  return count.toLocaleString('en-GB')
}
