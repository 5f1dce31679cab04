/** Rows of numbers of one size, one after the other. */
export interface Rows {
  values: Float32Array
  size: number
}

/** The plane of the two directions in which rows spread most. */
export interface PrincipalPlane {
  /** What the rows are measured from, [size]. */
  mean: Float64Array
  /** Two orthogonal unit directions, the first component’s before the second’s, [2, size]. */
  axes: Float64Array
  /** Share of the whole variance along each of them. */
  explained: [number, number]
}

/** A third direction goes along, so that one which has overtaken those of an earlier plane is not missed. */
const TRACKED = 3
const MOST_ITERATIONS = 500
/** Both variances stand still to this share of the whole. */
const TOLERANCE = 1e-9

/** Mean [size] and covariance [size, size] of rows, as population moments. */
export function momentsOf({ values, size }: Rows): { mean: Float64Array; covariance: Float64Array } {
  const count = Math.max(1, values.length / size)
  const mean = new Float64Array(size)
  values.forEach((value, at) => (mean[at % size]! += value / count))
  const covariance = new Float64Array(size * size)
  const centred = new Float64Array(size)
  for (let from = 0; from < values.length; from += size) {
    for (let i = 0; i < size; i++) centred[i] = values[from + i]! - mean[i]!
    for (let i = 0; i < size; i++) {
      const own = centred[i]! / count
      for (let j = i; j < size; j++) covariance[i * size + j]! += own * centred[j]!
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) covariance[i * size + j] = covariance[j * size + i]!
  return { mean, covariance }
}

/**
 * Principal components by orthogonal iteration (Golub and Van Loan, Matrix Computations, section 8.2.4). It starts at
 * the axes of an earlier plane, where there are some: so it is quick while features move slowly, and keeps the old
 * directions where the new ones are not decided.
 * @param before axes of an earlier plane of the same size, [2, size]
 */
export function principalPlane(rows: Rows, before?: Float64Array): PrincipalPlane {
  const { size } = rows
  const { mean, covariance } = momentsOf(rows)
  const total = trace(covariance, size)
  const basis = startOf(size, before)
  orthonormalise(basis)
  let variances: number[] = []
  for (let iteration = 0; iteration < MOST_ITERATIONS && total > 0; iteration++) {
    const images = basis.map((vector) => product(covariance, vector))
    const found = basis.map((vector, i) => dot(vector, images[i]!))
    const moved = Math.max(...found.map((variance, i) => Math.abs(variance - (variances[i] ?? 0))))
    variances = found
    if (moved < TOLERANCE * total) break
    images.forEach((image, i) => basis[i]!.set(image))
    orthonormalise(basis)
  }
  const order = basis.map((_, i) => i).sort((a, b) => (variances[b] ?? 0) - (variances[a] ?? 0)).slice(0, 2)
  const axes = new Float64Array(2 * size)
  order.forEach((from, to) => axes.set(basis[from]!, to * size))
  const share = (i: number) => (total > 0 ? variances[order[i]!]! / total : 0)
  return { mean, axes, explained: [share(0), share(1)] }
}

/** Where rows fall on the plane, [rows, 2]. */
export function projected({ values, size }: Rows, { mean, axes }: Pick<PrincipalPlane, 'mean' | 'axes'>): Float32Array {
  const points = new Float32Array(2 * (values.length / size))
  for (let point = 0; point < points.length; point++) {
    const row = (point >> 1) * size
    const axis = (point & 1) * size
    for (let i = 0; i < size; i++) points[point]! += (values[row + i]! - mean[i]!) * axes[axis + i]!
  }
  return points
}

/** Directions to begin with: those of before, and others at odds with every axis. */
function startOf(size: number, before: Float64Array | undefined): Float64Array[] {
  return Array.from({ length: Math.min(TRACKED, size) }, (_, k) =>
    Float64Array.from({ length: size }, (_, i) => before?.[k * size + i] ?? Math.sin(1 + (k + 1) * (i + 1) * 1.618)))
}

/** Gram and Schmidt, twice: a direction that the ones before it leave little of is still square to them. */
function orthonormalise(basis: Float64Array[]): void {
  basis.forEach((vector, k) => {
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis.slice(0, k)) {
        const along = dot(vector, other)
        vector.forEach((_, i) => (vector[i]! -= along * other[i]!))
      }
    }
    const length = Math.sqrt(dot(vector, vector))
    if (length > 0) vector.forEach((_, i) => (vector[i]! /= length))
  })
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const { length } = vector
  return Float64Array.from(vector, (_, row) => {
    let sum = 0
    for (let i = 0; i < length; i++) sum += matrix[row * length + i]! * vector[i]!
    return sum
  })
}

function trace(matrix: Float64Array, size: number): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += matrix[i * size + i]!
  return sum
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += one[i]! * other[i]!
  return sum
}
