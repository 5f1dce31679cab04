import { multiplyAdd } from './simd'

/**
 * Gradient of a convolution in its filter, dw[ky,kx,c,o] = Σ x[b, oy·s+ky−top, ox·s+kx−left, c] · dy[b,oy,ox,o].
 * NHWC, any stride and padding. Row by row of dy, a tile of 4 channels by 8 outputs stays in registers while
 * it walks along the row. Only the input’s channels from `fromChannel` to before `toChannel` are computed.
 */
export function filterGradient(
  x: usize, dy: usize, dw: usize,
  batch: i32, height: i32, width: i32, channels: i32,
  outHeight: i32, outWidth: i32, outputs: i32,
  filterHeight: i32, filterWidth: i32, stride: i32, top: i32, left: i32,
  fromChannel: i32, toChannel: i32,
): void {
  const row = <usize>outputs << 2
  for (let tap = 0; tap < filterHeight * filterWidth; tap++) {
    memory.fill(dw + <usize>(tap * channels + fromChannel) * row, 0, <usize>(toChannel - fromChannel) * row)
  }
  for (let b = 0; b < batch; b++) {
    for (let oy = 0; oy < outHeight; oy++) {
      for (let ky = 0; ky < filterHeight; ky++) {
        const iy = oy * stride + ky - top
        if (iy < 0 || iy >= height) continue
        for (let kx = 0; kx < filterWidth; kx++) {
          const shift = kx - left
          const first = max(0, (stride - 1 - shift) / stride)
          // Division rounds towards zero, so its numerator may not fall below −stride.
          const last = min(outWidth, (width - 1 - shift + stride) / stride)
          if (last <= first) continue
          const xAt = x + (<usize>(((b * height + iy) * width + first * stride + shift) * channels) << 2)
          const dyAt = dy + (<usize>(((b * outHeight + oy) * outWidth + first) * outputs) << 2)
          const dwAt = dw + (<usize>((ky * filterWidth + kx) * channels * outputs) << 2)
          outerProducts(xAt, <usize>(stride * channels) << 2, dyAt, last - first, dwAt, fromChannel, toChannel, outputs)
        }
      }
    }
  }
}

/** dw[c,o] += Σ over `count` pixels of x[c]·dy[o], for channels from `c` to before `channels`. */
function outerProducts(
  x: usize, xStride: usize, dy: usize, count: i32, dw: usize, c: i32, channels: i32, outputs: i32,
): void {
  const dyStride = <usize>outputs << 2
  const tiled = outputs & ~7
  for (; c + 4 <= channels; c += 4) {
    for (let o = 0; o < tiled; o += 8) {
      tile4x8(x + (<usize>c << 2), xStride, dy + (<usize>o << 2), dyStride, count, dw + <usize>c * dyStride + (<usize>o << 2))
    }
    for (let i = 0; i < 4; i++) {
      oneChannel(x + (<usize>(c + i) << 2), xStride, dy, dyStride, count, dw + <usize>(c + i) * dyStride, tiled, outputs)
    }
  }
  for (; c < channels; c++) {
    oneChannel(x + (<usize>c << 2), xStride, dy, dyStride, count, dw + <usize>c * dyStride, 0, outputs)
  }
}

/** Outputs from number `o` on of one channel. */
function oneChannel(
  x: usize, xStride: usize, dy: usize, dyStride: usize, count: i32, dw: usize, o: i32, outputs: i32,
): void {
  for (; o + 4 <= outputs; o += 4) {
    tile1x4(x, xStride, dy + (<usize>o << 2), dyStride, count, dw + (<usize>o << 2))
  }
  for (; o < outputs; o++) {
    const at = <usize>o << 2
    let sum: f32 = 0
    for (let i = 0; i < count; i++) {
      sum += load<f32>(x + <usize>i * xStride) * load<f32>(dy + at + <usize>i * dyStride)
    }
    store<f32>(dw + at, load<f32>(dw + at) + sum)
  }
}

@inline
function tile4x8(x: usize, xStride: usize, dy: usize, dyStride: usize, count: i32, dw: usize): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0
  for (let i = 0; i < count; i++) {
    const g0 = v128.load(dy)
    const g1 = v128.load(dy, 16)
    let s = v128.load32_splat(x)
    a0 = multiplyAdd(s, g0, a0)
    a1 = multiplyAdd(s, g1, a1)
    s = v128.load32_splat(x, 4)
    b0 = multiplyAdd(s, g0, b0)
    b1 = multiplyAdd(s, g1, b1)
    s = v128.load32_splat(x, 8)
    c0 = multiplyAdd(s, g0, c0)
    c1 = multiplyAdd(s, g1, c1)
    s = v128.load32_splat(x, 12)
    d0 = multiplyAdd(s, g0, d0)
    d1 = multiplyAdd(s, g1, d1)
    x += xStride
    dy += dyStride
  }
  accumulate(dw, a0, a1)
  accumulate(dw + dyStride, b0, b1)
  accumulate(dw + 2 * dyStride, c0, c1)
  accumulate(dw + 3 * dyStride, d0, d1)
}

@inline
function accumulate(at: usize, low: v128, high: v128): void {
  v128.store(at, f32x4.add(v128.load(at), low))
  v128.store(at, f32x4.add(v128.load(at, 16), high), 16)
}

@inline
function tile1x4(x: usize, xStride: usize, dy: usize, dyStride: usize, count: i32, dw: usize): void {
  let sum = f32x4.splat(0)
  for (let i = 0; i < count; i++) {
    sum = multiplyAdd(v128.load32_splat(x), v128.load(dy), sum)
    x += xStride
    dy += dyStride
  }
  v128.store(dw, f32x4.add(v128.load(dw), sum))
}
