import { centred, divergence, entropy, matrix, rowOf, softmaxRows } from '../../../state/by-hand'
import type { Snapshot } from '../../../state/pictures'

/** One network’s word on one view against the student’s on the other. */
export interface Comparison {
  /** View (0 or 1) of which each speaks. */
  from: 0 | 1
  to: 0 | 1
  /** What the teacher, or the student itself, makes of view `from`, [prototypes]. */
  target: Float64Array
  /** What the student makes of view `to`. */
  prediction: Float64Array
  /** KL(target ‖ prediction), in nats. */
  divergence: number
  /** Entropy of the target, in nats. */
  entropy: number
  /** Between both unit features: 0 the same, 2 opposite. */
  distance: number
}

/** The pair of views of a picture, compared in both directions, as the loss of a step does. */
export function comparePair(snapshot: Snapshot, picture: number): [Comparison, Comparison] {
  const { prototypes, featureSize, centre, pairs, recipe: { temperature, teacherTemperature, balancing } } = snapshot
  const count = pairs.pictures.length
  const rows = (values: Float32Array) => [0, 1].map((view) => {
    const size = values === pairs.features || values === pairs.teacherFeatures ? featureSize : prototypes
    const at = (view * count + picture) * size
    return values.subarray(at, at + size)
  })
  const student = rows(pairs.scores).map((scores) => rowOf(softmaxRows(matrix(scores, prototypes), temperature), 0))
  const judge = rows(pairs.teacherScores ?? pairs.scores).map((scores) => {
    if (!pairs.teacherScores) return rowOf(softmaxRows(matrix(scores, prototypes), temperature), 0)
    const t = matrix(scores, prototypes)
    return rowOf(softmaxRows(centre && balancing === 'on' ? centred(t, centre) : t, teacherTemperature), 0)
  })
  const [own, judged] = [rows(pairs.features), rows(pairs.teacherFeatures ?? pairs.features)]
  const compare = (from: 0 | 1, to: 0 | 1): Comparison => ({
    from, to, target: judge[from]!, prediction: student[to]!,
    divergence: divergence(judge[from]!, student[to]!),
    entropy: entropy(judge[from]!),
    distance: Math.hypot(...own[to]!.map((value, i) => value - judged[from]![i]!)),
  })
  return [compare(0, 1), compare(1, 0)]
}
