import type { Recipe } from '../../../recipe/recipe'
import { centred, crossEntropy, entropy, matrix, rowOf, sinkhornMoments, softmaxRows, columnSums, type Matrix } from '../../../state/by-hand'
import type { Gallery, Snapshot } from '../../../state/pictures'

/** Pictures on the bench. */
const MOST = 32

/** The fields that the laboratory’s sliders move. */
export const KNOBS = ['epsilon', 'sinkhornIterations', 'teacherTemperature', 'temperature', 'balancing'] as const
export type Knobs = Pick<Recipe, (typeof KNOBS)[number]>

/** One stop on the way from scores to assignments. */
export interface Stop {
  name: string
  /** What was done to come here. */
  deed: string
  matrix: Matrix
  kind: 'share' | 'signed'
  /** Number that has full ink. */
  full: number
  /** Masses that add up to something: their sums are shown as bars. */
  summed: boolean
}

export interface Experiment {
  /** Indices into the gallery, sorted by class. */
  pictures: number[]
  stops: Stop[]
  predictions: Matrix
  /** Means over the pictures, and the loads of the prototypes. */
  measures: { sharpness: number; entropy: number; loss: number; leastLoad: number; greatestLoad: number }
}

/** The gallery’s last pictures, which have no label unless all have one: as many of each class. */
export function benchOf({ train }: Gallery): number[] {
  const count = Math.min(MOST, train.count)
  const pictures = Array.from({ length: count }, (_, i) => train.count - count + i)
  return pictures.toSorted((a, b) => train.labels[a]! - train.labels[b]! || a - b)
}

/** Which knobs turn anything: Sinkhorn’s, or those of a teacher with a centre. */
export function knobsOf(snapshot: Snapshot): readonly (typeof KNOBS)[number][] {
  return snapshot.teacherScores && snapshot.centre
    ? ['balancing', 'teacherTemperature', 'temperature']
    : ['balancing', 'epsilon', 'sinkhornIterations', 'temperature']
}

/** From the scores of the pictures to their assignments, as a step at these knobs would go. */
export function experiment(snapshot: Snapshot, pictures: number[], knobs: Knobs): Experiment {
  const student = pick(snapshot.scores, pictures, snapshot.prototypes)
  const { teacherScores, centre } = snapshot
  const stops = teacherScores && centre
    ? teacherStops(pick(teacherScores, pictures, snapshot.prototypes), centre, knobs)
    : sinkhornStops(student, knobs)
  const assignments = stops.at(-1)!.matrix
  const predictions = softmaxRows(student, knobs.temperature)
  return { pictures, stops, predictions, measures: measure(assignments, predictions) }
}

function sinkhornStops(scores: Matrix, { epsilon, sinkhornIterations, balancing }: Knobs): Stop[] {
  const start = scoresStop('Scores s', scores)
  if (balancing === 'off') {
    return [start, { ...SHARES, name: 'Assignments q', deed: 'softmax(s/ε) of each picture by itself', matrix: softmaxRows(scores, epsilon) }]
  }
  const moments = sinkhornMoments(scores, epsilon, sinkhornIterations).map(({ iteration, balanced, mass }, i, all): Stop => ({
    ...SHARES,
    name: i === all.length - 1 ? 'Assignments q' : balanced === 'nothing' ? 'exp(s/ε)' : `Iteration ${iteration}, ${balanced}`,
    deed: DEEDS[balanced],
    matrix: mass,
  }))
  return [start, ...moments]
}

function teacherStops(scores: Matrix, centre: Float32Array, { teacherTemperature, balancing }: Knobs): Stop[] {
  const start = scoresStop('Teacher’s scores t', scores)
  const sharpened = (matrix: Matrix, deed: string): Stop => ({ ...SHARES, name: 'Assignments q', deed, matrix: softmaxRows(matrix, teacherTemperature) })
  if (balancing === 'off') return [start, sharpened(scores, 'softmax(t/τₜ): nothing was taken off')]
  const less = centred(scores, centre)
  return [start, { ...scoresStop('t − c', less), deed: 'the centre c is taken off' }, sharpened(less, 'softmax((t − c)/τₜ)')]
}

const SHARES = { kind: 'share', full: 1, summed: true } as const

const DEEDS = {
  nothing: 'the exponential of s/ε, scaled to one unit a picture on average',
  prototypes: 'every prototype’s column divided by its sum',
  pictures: 'every picture’s row divided by its sum',
}

function scoresStop(name: string, scores: Matrix): Stop {
  return { name, deed: 'cosines of features and prototypes', matrix: scores, kind: 'signed', full: 1, summed: false }
}

function measure(assignments: Matrix, predictions: Matrix): Experiment['measures'] {
  const mean = (of: (row: number) => number) => {
    let total = 0
    for (let row = 0; row < assignments.rows; row++) total += of(row)
    return total / assignments.rows
  }
  const loads = columnSums(assignments)
  return {
    sharpness: mean((row) => Math.max(...rowOf(assignments, row))),
    entropy: mean((row) => entropy(rowOf(assignments, row))),
    loss: mean((row) => crossEntropy(rowOf(assignments, row), rowOf(predictions, row))),
    leastLoad: Math.min(...loads),
    greatestLoad: Math.max(...loads),
  }
}

function pick(scores: Float32Array, pictures: number[], columns: number): Matrix {
  return matrix(pictures.flatMap((picture) => [...scores.subarray(picture * columns, (picture + 1) * columns)]), columns)
}

