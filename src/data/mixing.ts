import { add, cast, concat, mul, reverse, sub, tensor3d, tidy, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core'
import type { RandomStream } from './random'

/** Rows `top` up to `bottom` and columns `left` up to `right`, the ends excluded. */
export interface Box { top: number; bottom: number; left: number; right: number }

/** How a batch is mixed with itself (or another view of it) in reversed order: picture i with picture B−1−i. */
export interface Mixture {
  /** λ: share of the first picture. */
  share: number
  /** CutMix: what the second picture covers; without it the two shine through one another (MixUp). */
  box?: Box
}

export type MixingKind = 'mixup' | 'cutmix' | 'both'

/**
 * One mixture for a whole batch, λ ~ Beta(1, 1), which is uniform: MixUp (Zhang et al., 2018), CutMix (Yun et al., 2019),
 * or one of them by the toss of a coin.
 * @param side of the pictures, in pixels
 */
export function drawMixture(kind: MixingKind, side: number, random: RandomStream): Mixture {
  const share = random.next()
  const cut = kind === 'cutmix' || (kind === 'both' && random.next() < 0.5)
  return cut ? cutOut(share, side, random.below(side), random.below(side)) : { share }
}

/** A box of the share 1 − λ around a centre, clipped to the picture; λ is then what the box left over. */
export function cutOut(share: number, side: number, centreY: number, centreX: number): Mixture & { box: Box } {
  const half = Math.floor(Math.floor(side * Math.sqrt(1 - share)) / 2)
  const inside = (at: number) => Math.min(side, Math.max(0, at))
  const box = {
    top: inside(centreY - half), bottom: inside(centreY + half),
    left: inside(centreX - half), right: inside(centreX + half),
  }
  return { box, share: 1 - ((box.bottom - box.top) * (box.right - box.left)) / side ** 2 }
}

/** Pictures of `first` mixed with those of `second` in reversed order, [count, side, side, 3]. */
export function mixPictures(first: Tensor4D, second: Tensor4D, { share, box }: Mixture): Tensor4D {
  if (!box) return mixRows(first, second, share)
  return tidy(() => {
    const covered = coverOf(box, first.shape[1])
    return add(mul(first, sub(1, covered)), mul(reverse(second, 0), covered))
  })
}

/** λ·first + (1−λ)·second in reversed order: labels, targets or whole pictures. */
export function mixRows<T extends Tensor>(first: T, second: T, share: number): T {
  return tidy(() => add(mul(first, share), mul(reverse(second, 0), 1 - share)))
}

/** A batch followed by itself, mixed in reversed order; pictures and labels (or targets) alike. */
export function extended<Labels extends Tensor>(
  pictures: Tensor4D, labels: Labels, mixture: Mixture,
): { pictures: Tensor4D; labels: Labels } {
  return tidy(() => ({
    pictures: concat([pictures, mixPictures(pictures, pictures, mixture)]),
    // One-hot labels may be whole numbers, which would stay whole.
    labels: concat([cast(labels, 'float32'), mixRows(labels, labels, mixture.share)]),
  }))
}

/** 1 inside the box, 0 elsewhere, [side, side, 1]. */
function coverOf({ top, bottom, left, right }: Box, side: number) {
  const cover = new Float32Array(side * side)
  for (let row = top; row < bottom; row++) cover.fill(1, row * side + left, row * side + right)
  return tensor3d(cover, [side, side, 1])
}
