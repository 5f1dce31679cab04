import { add, argMax, cast, concat, mul, oneHot, stack, sum, tensor1d, tidy, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { normalised, type DevicePictures } from '../data/device-pictures'
import type { Split } from '../data/split'
import type { Layers, Network } from '../nn/network'
import { probabilitiesOf, ranked, unpackRanked } from './answers'
import { accuracyUnder, bestNaming, classAccuraciesUnder, confusionOf, identityNaming } from './confusion'
import type { Answers, Measures } from './events'
import { neighbourPredictions, type Bank } from './neighbours'
import { readTogether } from './packed-read'
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
  /** How labelled pictures name the others where prototypes do not. */
  vote?: {
    /** Those that have a label now. */
    voters(): Taught
    /** As a method’s `classify`. */
    classify(features: Tensor2D, labelled: Labelled): Tensor2D
  }
  seed: number
  /** Test pictures of which every probability is told: positions in the test part. */
  fixed: Int32Array
}

/** Labelled pictures, as positions of the training part, and the classes that their labels say, right or wrong. */
export interface Taught {
  positions: Int32Array
  classes: Int32Array
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
  /** The answers to single pictures, at this temperature τ. */
  answers?: { temperature: number }
}

interface Examined {
  measures: Measures
  answers?: Omit<Answers, 'step'>
}

/**
 * All measures of one network. Prototypes answer with running statistics and without any balancing or centring; each
 * test picture passes the network once.
 * @returns undefined when a score is no longer a number
 */
export async function examine(
  network: Network, { test, train, classCount, named, vote, seed, fixed }: Examination, wanted: Wanted,
): Promise<Examined | undefined> {
  const bank = wanted.neighbours || wanted.frozenProbe ? bankOf(network, train, classCount) : undefined
  const frozen = bank && wanted.frozenProbe ? teachFrozenProbe(bank, seed) : undefined
  const voters = vote && votersOf(network, train, vote.voters(), classCount)
  const { probes } = wanted
  const questions: Questions<keyof Measures> = {
    scores: ({ features }) => (voters ? vote.classify(features, voters) : network.scores(features)),
    readings: {
      winners: ({ scores }) => winnersOf(scores),
      ...(bank && wanted.neighbours && { neighbourAccuracy: ({ backbone }) => neighbourPredictions(backbone, bank) }),
      ...(probes && { backboneProbeAccuracy: ({ backbone }) => probes.backbone.answers(backbone) }),
      ...(probes && { projectorProbeAccuracy: ({ hidden }) => probes.projector.answers(hidden) }),
      ...(frozen && { linearProbeAccuracy: ({ backbone }) => frozen.answers(backbone) }),
    },
    ...(wanted.answers && { details: { ...wanted.answers, votes: voters !== undefined, fixed } }),
  }
  const { columns: { winners, labels, ...others }, details } = await ask(network, test, questions)
  bank?.features.dispose()
  voters?.features.dispose()
  voters?.labels.dispose()
  frozen?.dispose()
  if (winners.some(Number.isNaN)) return undefined

  const confusion = confusionOf(winners, labels, classCount, network.prototypes.shape[0])
  const [identity, best] = [identityNaming(confusion), bestNaming(confusion)]
  const right = (answers: Float32Array) => answers.filter((answer, i) => answer === labels[i]).length / labels.length
  const measures: Measures = {
    accuracy: accuracyUnder(identity, confusion),
    clusterAccuracy: accuracyUnder(best, confusion),
    ...Object.fromEntries(Object.entries(others).map(([name, answers]) => [name, right(answers)])),
    classAccuracies: classAccuraciesUnder(named ? identity : best, confusion),
    confusion: confusion.counts,
  }
  return { measures, ...(details && { answers: { prototypes: confusion.prototypes, ...details, bestNaming: best } }) }
}

/** The best prototype (or class) of each row, [rows]; NaN where a score is no number. */
function winnersOf(scores: Tensor2D): Tensor1D {
  return add(cast(argMax(scores, 1), 'float32'), sum(mul(scores, 0), 1))
}

type Reading = (seen: Layers & { scores: Tensor2D }) => Tensor1D

/** What is asked of every picture. */
interface Questions<Name extends string> {
  /** Of the prototypes, or of the classes where labelled pictures vote. */
  scores(layers: Layers): Tensor2D
  readings: Partial<Record<Name, Reading>> & { winners: Reading }
  /** Whether the likeliest prototypes are told, and all of some fixed pictures. */
  details?: { temperature: number; votes: boolean; fixed: Int32Array }
}

interface Said<Name extends string> {
  /** What each reading says, and the true classes; each [pictures]. */
  columns: Partial<Record<Name, Float32Array>> & { winners: Float32Array; labels: Float32Array }
  details?: Pick<Answers, 'ranks' | 'ranking' | 'probabilities' | 'fixed'>
}

/** Asks about every picture of a part, in one read. */
async function ask<Name extends keyof Measures>(network: Network, part: Part, questions: Questions<Name>): Promise<Said<Name>> {
  const { scores, readings, details } = questions
  const names = [...Object.keys(readings), 'labels']
  const see = (indices: Int32Array) => {
    const layers = layersOf(network, part, indices)
    return { ...layers, scores: scores(layers) }
  }
  const likely = (seen: Tensor2D) => details && probabilitiesOf(seen, details.temperature, details.votes)
  const { table, best, fixed } = await readTogether(() => {
    const chunks = chunksOf(part.pictures.count).map((indices) => tidy(() => {
      const seen = see(indices)
      const columns = [...Object.values<Reading>(readings).map((read) => read(seen)), part.pictures.labelsAt(indices)]
      const probabilities = likely(seen.scores)
      return {
        table: stack(columns.map((column) => cast(column, 'float32')), 1) as Tensor2D,
        ...(probabilities && { best: ranked(seen.scores, probabilities) }),
      }
    }))
    return {
      table: concat(chunks.map((chunk) => chunk.table)),
      best: details && concat(chunks.map((chunk) => chunk.best!)),
      fixed: details && likely(see(details.fixed).scores),
    }
  })
  const { count } = part.pictures
  const column = (at: number) => Float32Array.from({ length: count }, (_, row) => table[row * names.length + at]!)
  return {
    columns: Object.fromEntries(names.map((name, at) => [name, column(at)])) as Said<Name>['columns'],
    ...(best && fixed && { details: { ...unpackRanked(best, count), fixed } }),
  }
}

/** The encoder’s features of every picture of a part; the caller frees them. */
function bankOf(network: Network, part: Part, classCount: number): Bank {
  const features = tidy(() => concat(chunksOf(part.pictures.count).map((indices) => tidy(() => layersOf(network, part, indices).backbone))))
  return { features, labels: part.pictures.labels, classCount }
}

/** What votes; the caller frees it. */
function votersOf(network: Network, part: Part, { positions, classes }: Taught, classCount: number): Labelled {
  const chunks = chunksOf(positions.length).map((chunk) => chunk.map((i) => positions[i]!))
  return {
    features: tidy(() => concat(chunks.map((indices) => tidy(() => layersOf(network, part, indices).features)))),
    labels: tidy(() => oneHot(tensor1d(classes, 'int32'), classCount) as Tensor2D),
  }
}

function layersOf(network: Network, { pictures, statistics }: Part, indices: Int32Array): Layers {
  return network.layers([normalised(pictures.at(indices), statistics)], 'running')
}

function chunksOf(count: number): Int32Array[] {
  return Array.from({ length: Math.ceil(count / CHUNK) }, (_, chunk) =>
    Int32Array.from({ length: Math.min(CHUNK, count - chunk * CHUNK) }, (_, i) => chunk * CHUNK + i))
}
