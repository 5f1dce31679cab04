/**
 * The assignments of sinkhorn.ts and centring.ts by hand: in float64, without a device, and with every step between
 * kept, for whoever wants to see them come about. Matrices are row by row, [rows, columns].
 */
export interface Matrix {
  rows: number
  columns: number
  values: Float64Array
}

export function matrix(values: ArrayLike<number>, columns: number): Matrix {
  return { rows: values.length / columns, columns, values: Float64Array.from(values) }
}

/** The numbers of one row. */
export function rowOf({ columns, values }: Matrix, row: number): Float64Array {
  return values.subarray(row * columns, (row + 1) * columns)
}

export function rowSums(x: Matrix): number[] {
  return Array.from({ length: x.rows }, (_, row) => rowOf(x, row).reduce((sum, value) => sum + value, 0))
}

export function columnSums({ rows, columns, values }: Matrix): number[] {
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0
    for (let row = 0; row < rows; row++) sum += values[row * columns + column]!
    return sum
  })
}

/** softmax(x/temperature) of each row. */
export function softmaxRows(x: Matrix, temperature: number): Matrix {
  return exponential(lessRows(scaled(x, 1 / temperature), (row) => logSumExp(row)))
}

/** One moment of Sinkhorn-Knopp. */
export interface SinkhornMoment {
  /** 0 before the first iteration. */
  iteration: number
  /** What was made equal just now: the prototypes’ loads, or the pictures’ masses. */
  balanced: 'nothing' | 'prototypes' | 'pictures'
  /** The mass of each picture at each prototype, as many units in all as there are pictures. */
  mass: Matrix
}

/**
 * Every half-step of `sinkhorn` (Caron et al., SwAV, 2020, equation 3), from exp(s/ε) to the assignments: the last
 * moment’s rows sum to one.
 */
export function sinkhornMoments(scores: Matrix, epsilon: number, iterations: number): SinkhornMoment[] {
  const { rows, columns } = scores
  let log = scaled(scores, 1 / epsilon)
  const total = logSumExp(log.values)
  const moments: SinkhornMoment[] = [
    { iteration: 0, balanced: 'nothing', mass: exponential(lessRows(log, () => total - Math.log(rows))) },
  ]
  for (let iteration = 1; iteration <= iterations; iteration++) {
    log = lessColumns(log, (column) => logSumExp(column) - Math.log(rows / columns))
    moments.push({ iteration, balanced: 'prototypes', mass: exponential(log) })
    log = lessRows(log, (row) => logSumExp(row))
    moments.push({ iteration, balanced: 'pictures', mass: exponential(log) })
  }
  return moments
}

/** A teacher’s scores less their centre: what is then sharpened by `softmaxRows`. */
export function centred(scores: Matrix, centre: ArrayLike<number>): Matrix {
  return mapped(scores, (value, _, column) => value - centre[column]!)
}

/** −Σ q log q, in nats. */
export function entropy(q: ArrayLike<number>): number {
  return crossEntropy(q, q)
}

/** −Σ q log p, in nats; 0·log 0 counts as 0. */
export function crossEntropy(q: ArrayLike<number>, p: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < q.length; k++) if (q[k]! > 0) sum -= q[k]! * Math.log(Math.max(p[k]!, Number.MIN_VALUE))
  return sum
}

/** KL(q‖p), in nats: how surprised p is by q. */
export function divergence(q: ArrayLike<number>, p: ArrayLike<number>): number {
  return Math.max(0, crossEntropy(q, p) - entropy(q))
}

function mapped(x: Matrix, change: (value: number, row: number, column: number) => number): Matrix {
  const { columns } = x
  return { ...x, values: x.values.map((value, i) => change(value, Math.floor(i / columns), i % columns)) }
}

function scaled(x: Matrix, factor: number): Matrix {
  return mapped(x, (value) => value * factor)
}

function exponential(log: Matrix): Matrix {
  return mapped(log, Math.exp)
}

function lessRows(x: Matrix, amount: (row: Float64Array) => number): Matrix {
  const amounts = Array.from({ length: x.rows }, (_, row) => amount(rowOf(x, row)))
  return mapped(x, (value, row) => value - amounts[row]!)
}

function lessColumns(x: Matrix, amount: (column: Float64Array) => number): Matrix {
  const amounts = Array.from({ length: x.columns }, (_, column) => amount(x.values.filter((_, i) => i % x.columns === column)))
  return mapped(x, (value, _, column) => value - amounts[column]!)
}

function logSumExp(values: Float64Array): number {
  const largest = values.reduce((max, value) => Math.max(max, value), -Infinity)
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0))
}
