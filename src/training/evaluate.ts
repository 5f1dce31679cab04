import { add, argMax, cast, concat, mul, oneHot, stack, sum, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { normalised, type DevicePictures } from '../data/device-pictures'
import type { Split } from '../data/split'
import type { Layers, Network } from '../nn/network'
import { accuracyUnder, bestNaming, classAccuraciesUnder, confusionOf, identityNaming } from './confusion'
import type { Measures } from './events'
import { neighbourPredictions, type Bank } from './neighbours'
import { teachFrozenProbe, type LinearProbe } from './probes'

/** Pictures in one forward pass: bounds the memory that an evaluation takes. */
const CHUNK = 200

/** Pictures to evaluate, and how the network is used to seeing them. */
export interface Part {
  pictures: DevicePictures
  statistics: Split['statistics']
}

/** What is fixed over all evaluations of a run. */
export interface Examination {
  test: Part
  train: Part
  classCount: number
  /** Whether prototype k is class k; else the best naming of the clusters counts. */
  named: boolean
  /** How labelled pictures, at these positions of the training part, name the others where prototypes do not. */
  vote?: {
    voters: Int32Array
    /** As a method’s `classify`. */
    classify(features: Tensor2D, labelled: Labelled): Tensor2D
  }
  seed: number
}

/** Features as the projector gives them, [pictures, featureSize], and classes, one-hot, [pictures, classes]. */
interface Labelled {
  features: Tensor2D
  labels: Tensor2D
}

/** What one evaluation measures beside the prototypes. */
export interface Wanted {
  neighbours: boolean
  frozenProbe: boolean
  /** Probes that have learned along. */
  probes?: { backbone: LinearProbe; projector: LinearProbe }
}

/**
 * All measures of one network. Prototypes answer with running statistics and without any balancing or centring; each
 * test picture passes the network once.
 * @returns undefined when a score is no longer a number
 */
export async function examine(
  network: Network, { test, train, classCount, named, vote, seed }: Examination, wanted: Wanted,
): Promise<Measures | undefined> {
  const bank = wanted.neighbours || wanted.frozenProbe ? bankOf(network, train, classCount) : undefined
  const frozen = bank && wanted.frozenProbe ? teachFrozenProbe(bank, seed) : undefined
  const voters = vote && votersOf(network, train, vote.voters, classCount)
  const { probes } = wanted
  const { winners, labels, ...others } = await answersOf(network, test, {
    winners: ({ features }) => winnersOf(voters ? vote.classify(features, voters) : network.scores(features)),
    ...(bank && wanted.neighbours && { neighbourAccuracy: ({ backbone }) => neighbourPredictions(backbone, bank) }),
    ...(probes && { backboneProbeAccuracy: ({ backbone }) => probes.backbone.answers(backbone) }),
    ...(probes && { projectorProbeAccuracy: ({ hidden }) => probes.projector.answers(hidden) }),
    ...(frozen && { linearProbeAccuracy: ({ backbone }) => frozen.answers(backbone) }),
  })
  bank?.features.dispose()
  voters?.features.dispose()
  voters?.labels.dispose()
  frozen?.dispose()
  if (winners.some(Number.isNaN)) return undefined

  const confusion = confusionOf(winners, labels, classCount, network.prototypes.shape[0])
  const [identity, best] = [identityNaming(confusion), bestNaming(confusion)]
  const right = (answers: Float32Array) => answers.filter((answer, i) => answer === labels[i]).length / labels.length
  return {
    accuracy: accuracyUnder(identity, confusion),
    clusterAccuracy: accuracyUnder(best, confusion),
    ...Object.fromEntries(Object.entries(others).map(([name, answers]) => [name, right(answers)])),
    classAccuracies: classAccuraciesUnder(named ? identity : best, confusion),
    confusion: confusion.counts,
  }
}

/** The best prototype (or class) of each row, [rows]; NaN where a score is no number. */
function winnersOf(scores: Tensor2D): Tensor1D {
  return add(cast(argMax(scores, 1), 'float32'), sum(mul(scores, 0), 1))
}

type Reading = (layers: Layers) => Tensor1D
type Readings<Name extends string> = Partial<Record<Name, Reading>> & { winners: Reading }
type Answers<Name extends string> = Partial<Record<Name, Float32Array>> & { winners: Float32Array; labels: Float32Array }

/** What each reading says of every picture, and the true classes, in one read; each [pictures]. */
async function answersOf<Name extends keyof Measures>(network: Network, part: Part, readings: Readings<Name>): Promise<Answers<Name>> {
  const names = Object.keys(readings)
  const packed = tidy(() => concat(chunksOf(part.pictures.count).map((indices) => tidy(() => {
    const layers = layersOf(network, part, indices)
    const answers = [...Object.values<Reading>(readings).map((read) => read(layers)), part.pictures.labelsAt(indices)]
    return stack(answers.map((answer) => cast(answer, 'float32')), 1) as Tensor2D
  }))))
  const [count, columns] = packed.shape
  const numbers = await packed.data()
  packed.dispose()
  const column = (at: number) => Float32Array.from({ length: count }, (_, row) => numbers[row * columns + at]!)
  return Object.fromEntries([...names, 'labels'].map((name, at) => [name, column(at)])) as Answers<Name>
}

/** The encoder’s features of every picture of a part; the caller frees them. */
function bankOf(network: Network, part: Part, classCount: number): Bank {
  const features = tidy(() => concat(chunksOf(part.pictures.count).map((indices) => tidy(() => layersOf(network, part, indices).backbone))))
  return { features, labels: part.pictures.labels, classCount }
}

/** What votes; the caller frees it. */
function votersOf(network: Network, part: Part, voters: Int32Array, classCount: number): Labelled {
  const chunks = chunksOf(voters.length).map((chunk) => chunk.map((i) => voters[i]!))
  return {
    features: tidy(() => concat(chunks.map((indices) => tidy(() => layersOf(network, part, indices).features)))),
    labels: tidy(() => oneHot(part.pictures.labelsAt(voters), classCount) as Tensor2D),
  }
}

function layersOf(network: Network, { pictures, statistics }: Part, indices: Int32Array): Layers {
  return network.layers([normalised(pictures.at(indices), statistics)], 'running')
}

function chunksOf(count: number): Int32Array[] {
  return Array.from({ length: Math.ceil(count / CHUNK) }, (_, chunk) =>
    Int32Array.from({ length: Math.min(CHUNK, count - chunk * CHUNK) }, (_, i) => chunk * CHUNK + i))
}
