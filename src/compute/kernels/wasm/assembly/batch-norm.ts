import { multiplyAdd } from './simd'

/** Rows that are summed in single precision before they join the total: keeps rounding small over many rows. */
const BLOCK = 256

/** Mean and biased variance of each column of x [rows, channels]; `channels` is a multiple of 4, `scratch` holds that many floats. */
export function moments(x: usize, mean: usize, variance: usize, scratch: usize, rows: i32, channels: i32): void {
  const bytes = <usize>channels << 2
  const share = f32x4.splat(1 / <f32>rows)
  memory.fill(mean, 0, bytes)
  memory.fill(variance, 0, bytes)
  for (let from = 0; from < rows; from += BLOCK) {
    memory.fill(scratch, 0, bytes)
    const end = x + <usize>min(from + BLOCK, rows) * bytes
    for (let row = x + <usize>from * bytes; row < end; row += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) add(scratch + c, v128.load(row + c))
    }
    for (let c: usize = 0; c < bytes; c += 16) add(mean + c, v128.load(scratch + c))
  }
  for (let c: usize = 0; c < bytes; c += 16) v128.store(mean + c, f32x4.mul(v128.load(mean + c), share))

  for (let from = 0; from < rows; from += BLOCK) {
    memory.fill(scratch, 0, bytes)
    const end = x + <usize>min(from + BLOCK, rows) * bytes
    for (let row = x + <usize>from * bytes; row < end; row += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) {
        const centred = f32x4.sub(v128.load(row + c), v128.load(mean + c))
        v128.store(scratch + c, multiplyAdd(centred, centred, v128.load(scratch + c)))
      }
    }
    for (let c: usize = 0; c < bytes; c += 16) add(variance + c, v128.load(scratch + c))
  }
  for (let c: usize = 0; c < bytes; c += 16) v128.store(variance + c, f32x4.mul(v128.load(variance + c), share))
}

/** y = γ(x − mean)/√(variance + ε) + β, and ReLU of it when `active`; `scratch` holds 2·channels floats. */
export function normalise(
  x: usize, mean: usize, variance: usize, gamma: usize, beta: usize, y: usize, scratch: usize,
  rows: i32, channels: i32, epsilon: f32, active: i32,
): void {
  const bytes = <usize>channels << 2
  const shift = scratch + bytes
  for (let c: usize = 0; c < bytes; c += 16) {
    const scale = f32x4.mul(v128.load(gamma + c), inverseDeviation(variance + c, epsilon))
    v128.store(scratch + c, scale)
    v128.store(shift + c, f32x4.sub(v128.load(beta + c), f32x4.mul(v128.load(mean + c), scale)))
  }
  const floor = active ? f32x4.splat(0) : f32x4.splat(-Infinity)
  const end = x + <usize>rows * bytes
  for (; x < end; x += bytes, y += bytes) {
    for (let c: usize = 0; c < bytes; c += 16) {
      v128.store(y + c, f32x4.max(multiplyAdd(v128.load(x + c), v128.load(scratch + c), v128.load(shift + c)), floor))
    }
  }
}

/**
 * The gradients of `normalise` with the batch’s own moments, but for dx: `coefficients` (4·channels floats) gets
 * what `inputGradient` needs.
 */
export function parameterGradients(
  x: usize, y: usize, dy: usize, mean: usize, variance: usize, gamma: usize,
  dgamma: usize, dbeta: usize, coefficients: usize, rows: i32, channels: i32, epsilon: f32, active: i32,
): void {
  const bytes = <usize>channels << 2
  sumGradients(x, y, dy, mean, dgamma, dbeta, coefficients, rows, bytes, active)

  // dx = slope·g + pull·x + offset
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

/** dx of `normalise`, row by row, with the coefficients of `parameterGradients`. */
export function inputGradient(
  x: usize, y: usize, dy: usize, dx: usize, coefficients: usize, rows: i32, channels: i32, active: i32,
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
    }
  }
}

/** dbeta = Σ g and dgamma = Σ g·(x − mean), not yet divided by the deviation. */
function sumGradients(
  x: usize, y: usize, dy: usize, mean: usize, dgamma: usize, dbeta: usize, scratch: usize,
  rows: i32, bytes: usize, active: i32,
): void {
  const blockBeta = scratch + bytes
  memory.fill(dgamma, 0, bytes)
  memory.fill(dbeta, 0, bytes)
  for (let from = 0; from < rows; from += BLOCK) {
    memory.fill(scratch, 0, 2 * bytes)
    const end = <usize>min(from + BLOCK, rows) * bytes
    for (let row = <usize>from * bytes; row < end; row += bytes) {
      for (let c: usize = 0; c < bytes; c += 16) {
        const at = row + c
        const g = through(v128.load(dy + at), v128.load(y + at), active)
        add(blockBeta + c, g)
        const centred = f32x4.sub(v128.load(x + at), v128.load(mean + c))
        v128.store(scratch + c, multiplyAdd(g, centred, v128.load(scratch + c)))
      }
    }
    for (let c: usize = 0; c < bytes; c += 16) {
      add(dgamma + c, v128.load(scratch + c))
      add(dbeta + c, v128.load(blockBeta + c))
    }
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
