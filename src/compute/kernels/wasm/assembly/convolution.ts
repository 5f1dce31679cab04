import { multiplyAdd } from './simd'

/** Bytes of one tap: how far down and right of the output’s place it reads, and where its weights begin. */
const TAP: usize = 12

/**
 * A sum over taps: y[b, place(m), place(n), o] = Σ over taps and channels of x[b, m·s+down, n·s+right, c] · w[tap, c, o],
 * NHWC; x counts as zero outside. The forward convolution is one such sum. Its gradient in the input is one for
 * each phase of the stride, hence the places m·outStride + phase.
 * @param taps `tapCount` times three int32: down, right, offset of the tap’s weights in bytes
 * @param zeros as many zeros as there are channels
 */
export function sumOverTaps(
  x: usize, w: usize, y: usize, taps: usize, tapCount: i32, zeros: usize,
  batch: i32, height: i32, width: i32, channels: i32,
  rows: i32, columns: i32, stride: i32,
  outHeight: i32, outWidth: i32, outputs: i32, outStride: i32, phaseDown: i32, phaseRight: i32,
): void {
  const pixel = <usize>channels << 2
  const outPixel = <usize>outputs << 2
  const nextOut = <usize>outStride * outPixel
  for (let b = 0; b < batch; b++) {
    const picture = x + <usize>(b * height * width) * pixel
    for (let m = 0; m < rows; m++) {
      let out = y + <usize>((b * outHeight + m * outStride + phaseDown) * outWidth + phaseRight) * outPixel
      let n = 0
      for (; n + 4 <= columns; n += 4) {
        let o = 0
        for (; o + 8 <= outputs; o += 8) {
          fourPixels(picture, w + (<usize>o << 2), out + (<usize>o << 2), nextOut, taps, tapCount, zeros,
            m * stride, n * stride, stride, height, width, channels, outPixel)
        }
        for (let i = 0; i < 4; i++) {
          remainingOutputs(picture, w, out + <usize>i * nextOut, taps, tapCount,
            m * stride, (n + i) * stride, height, width, channels, o, outputs)
        }
        out += 4 * nextOut
      }
      for (; n < columns; n++) {
        remainingOutputs(picture, w, out, taps, tapCount, m * stride, n * stride, height, width, channels, 0, outputs)
        out += nextOut
      }
    }
  }
}

/** Outputs from number `o` on of one pixel. */
function remainingOutputs(
  picture: usize, w: usize, out: usize, taps: usize, tapCount: i32,
  down: i32, right: i32, height: i32, width: i32, channels: i32, o: i32, outputs: i32,
): void {
  const weightRow = <usize>outputs << 2
  for (; o + 4 <= outputs; o += 4) {
    const at = <usize>o << 2
    fourOutputs(picture, w + at, out + at, taps, tapCount, down, right, height, width, channels, weightRow)
  }
  for (; o < outputs; o++) {
    const at = <usize>o << 2
    oneOutput(picture, w + at, out + at, taps, tapCount, down, right, height, width, channels, weightRow)
  }
}

/** Eight outputs of four neighbouring pixels, kept in registers over all taps and channels. */
@inline
function fourPixels(
  picture: usize, w: usize, out: usize, nextOut: usize, taps: usize, tapCount: i32, zeros: usize,
  down: i32, right: i32, stride: i32, height: i32, width: i32, channels: i32, weightRow: usize,
): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0
  for (let t = 0; t < tapCount; t++) {
    const tap = taps + <usize>t * TAP
    const iy = down + load<i32>(tap)
    if (iy < 0 || iy >= height) continue
    const ix = right + load<i32>(tap, 4)
    const row = picture + <usize>(iy * width) * (<usize>channels << 2)
    let pa = at(row, ix, width, channels, zeros)
    let pb = at(row, ix + stride, width, channels, zeros)
    let pc = at(row, ix + 2 * stride, width, channels, zeros)
    let pd = at(row, ix + 3 * stride, width, channels, zeros)
    let weights = w + <usize>load<i32>(tap, 8)
    for (let c = 0; c < channels; c++) {
      const w0 = v128.load(weights)
      const w1 = v128.load(weights, 16)
      const sa = v128.load32_splat(pa)
      a0 = multiplyAdd(sa, w0, a0)
      a1 = multiplyAdd(sa, w1, a1)
      const sb = v128.load32_splat(pb)
      b0 = multiplyAdd(sb, w0, b0)
      b1 = multiplyAdd(sb, w1, b1)
      const sc = v128.load32_splat(pc)
      c0 = multiplyAdd(sc, w0, c0)
      c1 = multiplyAdd(sc, w1, c1)
      const sd = v128.load32_splat(pd)
      d0 = multiplyAdd(sd, w0, d0)
      d1 = multiplyAdd(sd, w1, d1)
      pa += 4
      pb += 4
      pc += 4
      pd += 4
      weights += weightRow
    }
  }
  storeTwo(out, a0, a1)
  storeTwo(out + nextOut, b0, b1)
  storeTwo(out + 2 * nextOut, c0, c1)
  storeTwo(out + 3 * nextOut, d0, d1)
}

/** Four outputs of one pixel. */
function fourOutputs(
  picture: usize, w: usize, out: usize, taps: usize, tapCount: i32,
  down: i32, right: i32, height: i32, width: i32, channels: i32, weightRow: usize,
): void {
  let sum = f32x4.splat(0)
  for (let t = 0; t < tapCount; t++) {
    const tap = taps + <usize>t * TAP
    const iy = down + load<i32>(tap)
    const ix = right + load<i32>(tap, 4)
    if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue
    let place = picture + <usize>((iy * width + ix) * channels << 2)
    let weights = w + <usize>load<i32>(tap, 8)
    for (let c = 0; c < channels; c++) {
      sum = multiplyAdd(v128.load32_splat(place), v128.load(weights), sum)
      place += 4
      weights += weightRow
    }
  }
  v128.store(out, sum)
}

function oneOutput(
  picture: usize, w: usize, out: usize, taps: usize, tapCount: i32,
  down: i32, right: i32, height: i32, width: i32, channels: i32, weightRow: usize,
): void {
  let sum: f32 = 0
  for (let t = 0; t < tapCount; t++) {
    const tap = taps + <usize>t * TAP
    const iy = down + load<i32>(tap)
    const ix = right + load<i32>(tap, 4)
    if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue
    let place = picture + <usize>((iy * width + ix) * channels << 2)
    let weights = w + <usize>load<i32>(tap, 8)
    for (let c = 0; c < channels; c++) {
      sum += load<f32>(place) * load<f32>(weights)
      place += 4
      weights += weightRow
    }
  }
  store<f32>(out, sum)
}

/** The pixel’s channels, or zeros beside the picture. */
@inline
function at(row: usize, column: i32, width: i32, channels: i32, zeros: usize): usize {
  return column < 0 || column >= width ? zeros : row + (<usize>(column * channels) << 2)
}

@inline
function storeTwo(out: usize, low: v128, high: v128): void {
  v128.store(out, low)
  v128.store(out, high, 16)
}
