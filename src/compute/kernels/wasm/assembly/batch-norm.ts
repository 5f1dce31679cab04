import { multiplyAdd } from './simd'

/** Rows that are summed in single precision before they join the total: keeps rounding small over many rows. */
const BLOCK = 256

/** The sums of columns over each block of rows of x [rows, channels], [blocks, channels]; `channels` is a multiple of 4. */
export function blockSums(x: usize, sums: usize, rows: i32, channels: i32, fromBlock: i32, toBlock: i32): void {
  const bytes = <usize>channels << 2
  for (let block = fromBlock; block < toBlock; block++) {
    const sum = sums + <usize>block * bytes
    memory.fill(sum, 0, bytes)
    const end = x + <usize>min((block + 1) * BLOCK, rows) * bytes
    for (let row = x + <usize>(block * BLOCK) * bytes; row < end; row += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) add(sum + c, v128.load(row + c))
    }
  }
}

/** Likewise of the squared deviations from `mean`. */
export function blockSquares(x: usize, mean: usize, sums: usize, rows: i32, channels: i32, fromBlock: i32, toBlock: i32): void {
  const bytes = <usize>channels << 2
  for (let block = fromBlock; block < toBlock; block++) {
    const sum = sums + <usize>block * bytes
    memory.fill(sum, 0, bytes)
    const end = x + <usize>min((block + 1) * BLOCK, rows) * bytes
    for (let row = x + <usize>(block * BLOCK) * bytes; row < end; row += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) {
        const centred = f32x4.sub(v128.load(row + c), v128.load(mean + c))
        v128.store(sum + c, multiplyAdd(centred, centred, v128.load(sum + c)))
      }
    }
  }
}

/** Likewise of g·(x − mean), and of g, which is dy where ReLU lets it through. */
export function blockGradients(
  x: usize, y: usize, dy: usize, mean: usize, gainSums: usize, offsetSums: usize,
  rows: i32, channels: i32, active: i32, fromBlock: i32, toBlock: i32,
): void {
  const bytes = <usize>channels << 2
  for (let block = fromBlock; block < toBlock; block++) {
    const gains = gainSums + <usize>block * bytes
    const offsets = offsetSums + <usize>block * bytes
    memory.fill(gains, 0, bytes)
    memory.fill(offsets, 0, bytes)
    const end = <usize>min((block + 1) * BLOCK, rows) * bytes
    for (let row = <usize>(block * BLOCK) * bytes; row < end; row += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) {
        const at = row + c
        const g = through(v128.load(dy + at), v128.load(y + at), active)
        add(offsets + c, g)
        const centred = f32x4.sub(v128.load(x + at), v128.load(mean + c))
        v128.store(gains + c, multiplyAdd(g, centred, v128.load(gains + c)))
      }
    }
  }
}

/** `share` of the sum of all blocks, [blocks, columns] → [columns]. */
export function joinBlocks(sums: usize, blocks: i32, columns: i32, total: usize, share: f32): void {
  const bytes = <usize>columns << 2
  memory.fill(total, 0, bytes)
  const end = sums + <usize>blocks * bytes
  for (; sums < end; sums += bytes) {
    for (let c: usize = 0; c < bytes; c += 16) add(total + c, v128.load(sums + c))
  }
  for (let c: usize = 0; c < bytes; c += 16) v128.store(total + c, f32x4.mul(v128.load(total + c), f32x4.splat(share)))
}

/** y = γ(x − mean)/√(variance + ε) + β as `scale` and, behind it, shift, [2, channels]. */
export function scaleAndShift(
  mean: usize, variance: usize, gamma: usize, beta: usize, scale: usize, channels: i32, epsilon: f32,
): void {
  const bytes = <usize>channels << 2
  for (let c: usize = 0; c < bytes; c += 16) {
    const factor = f32x4.mul(v128.load(gamma + c), inverseDeviation(variance + c, epsilon))
    v128.store(scale + c, factor)
    v128.store(scale + bytes + c, f32x4.sub(v128.load(beta + c), f32x4.mul(v128.load(mean + c), factor)))
  }
}

/** y = scale·x + shift, plus the residual branch where `residual` is not 0, and ReLU of it when `active`. */
export function normalise(x: usize, scale: usize, residual: usize, y: usize, rows: i32, channels: i32, active: i32): void {
  const bytes = <usize>channels << 2
  const shift = scale + bytes
  const floor = active ? f32x4.splat(0) : f32x4.splat(-Infinity)
  const end = x + <usize>rows * bytes
  for (; x < end; x += bytes, y += bytes) {
    for (let c: usize = 0; c < bytes; c += 16) {
      let sum = multiplyAdd(v128.load(x + c), v128.load(scale + c), v128.load(shift + c))
      if (residual) sum = f32x4.add(sum, v128.load(residual + c))
      v128.store(y + c, f32x4.max(sum, floor))
    }
    if (residual) residual += bytes
  }
}

/**
 * From Σ g·(x − mean) in `dgamma` and Σ g in `dbeta`: dgamma, and the `coefficients` [3, channels] of
 * dx = slope·g + pull·x + offset.
 */
export function gradientCoefficients(
  mean: usize, variance: usize, gamma: usize, dgamma: usize, dbeta: usize, coefficients: usize,
  rows: i32, channels: i32, epsilon: f32,
): void {
  const bytes = <usize>channels << 2
  const pull = coefficients + bytes
  const offset = coefficients + 2 * bytes
  const share = f32x4.splat(1 / <f32>rows)
  for (let c: usize = 0; c < bytes; c += 16) {
    const inverse = inverseDeviation(variance + c, epsilon)
    const a = f32x4.mul(v128.load(gamma + c), inverse)
    const gain = f32x4.mul(v128.load(dgamma + c), inverse)
    v128.store(dgamma + c, gain)
    const d = f32x4.neg(f32x4.mul(f32x4.mul(a, inverse), f32x4.mul(gain, share)))
    v128.store(coefficients + c, a)
    v128.store(pull + c, d)
    const centre = f32x4.mul(a, f32x4.mul(v128.load(dbeta + c), share))
    v128.store(offset + c, f32x4.neg(f32x4.add(centre, f32x4.mul(d, v128.load(mean + c)))))
  }
}

/** dx, row by row, and g, the residual branch’s gradient, where `dresidual` is not 0. */
export function inputGradient(
  x: usize, y: usize, dy: usize, dx: usize, dresidual: usize, coefficients: usize, rows: i32, channels: i32, active: i32,
): void {
  const bytes = <usize>channels << 2
  const pull = coefficients + bytes
  const offset = coefficients + 2 * bytes
  const end = x + <usize>rows * bytes
  for (; x < end; x += bytes, y += bytes, dy += bytes, dx += bytes) {
    for (let c: usize = 0; c < bytes; c += 16) {
      const g = through(v128.load(dy + c), v128.load(y + c), active)
      const pulled = multiplyAdd(v128.load(x + c), v128.load(pull + c), v128.load(offset + c))
      v128.store(dx + c, multiplyAdd(g, v128.load(coefficients + c), pulled))
      if (dresidual) v128.store(dresidual + c, g)
    }
    if (dresidual) dresidual += bytes
  }
}

/** The gradient that ReLU lets through, where its result is above zero. */
@inline
function through(dy: v128, y: v128, active: i32): v128 {
  return active ? v128.and(dy, f32x4.gt(y, f32x4.splat(0))) : dy
}

@inline
function inverseDeviation(variance: usize, epsilon: f32): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(v128.load(variance), f32x4.splat(epsilon))))
}

@inline
function add(at: usize, value: v128): void {
  v128.store(at, f32x4.add(v128.load(at), value))
}
