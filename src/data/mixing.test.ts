import { memory, oneHot, ones, slice, tensor2d, zeros, type Rank, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { expectClose, madeUp, valuesOf } from '../compute/trial'
import vectors from './fixtures/mixing.json'
import { cutOut, drawMixture, extended, mixPictures, mixRows } from './mixing'
import { randomStream } from './random'

beforeAll(() => connectNodeBackend('cpu'))

it.each(vectors.boxes)('the box of λ $share around $centre is clipped, and λ follows, as in the reference', ({ share, centre, box, left }) => {
  const [top, bottom, from, to] = box as [number, number, number, number]
  expect(cutOut(share, 32, centre[0]!, centre[1]!)).toEqual({
    box: { top, bottom, left: from, right: to }, share: expect.closeTo(left, 10),
  })
})

it('assignments and labels are mixed with their reverse, as in the reference', async () => {
  const { mixedView, labels } = vectors
  const target = await valuesOf(() => mixRows(tensor2d(mixedView.first), tensor2d(mixedView.second), mixedView.share))
  expectClose(target, mixedView.mixed.flat(), 1e-6)
  const mixed = await valuesOf(() => mixRows(tensor2d(labels.oneHot), tensor2d(labels.oneHot), labels.share))
  expectClose(mixed, labels.mixed.flat(), 1e-6)
})

describe('mixed pictures', () => {
  it('show the last picture where the box covers the first, and as much of each as the labels say', async () => {
    const mixture = cutOut(0.3, 32, 5, 28)
    const [first, second] = [ones<Rank.R4>([2, 32, 32, 3]), zeros<Rank.R4>([2, 32, 32, 3])]
    const values = await valuesOf(() => mixPictures(first, second, mixture))
    expect(values.filter((value) => value === 1).length / values.length).toBeCloseTo(mixture.share, 10)
    expect(await valuesOf(() => slice(mixPictures(first, second, mixture), [0, 17, 31, 0], [1, 2, 1, 1]))).toEqual([0, 1])
  })

  it('follow the plain ones, with labels to match', async () => {
    const pictures = madeUp([3, 2, 2, 1])
    const labels = oneHot([0, 1, 2], 3) as Tensor2D
    const before = memory().numTensors
    const both = extended(pictures, labels, { share: 0.25 })
    expect(memory().numTensors).toBe(before + 2)
    const plain = await valuesOf(() => pictures.clone())
    const all = await valuesOf(() => both.pictures)
    expect(all.slice(0, 12)).toEqual(plain)
    expectClose(all.slice(12, 16), [0, 1, 2, 3].map((i) => 0.25 * plain[i]! + 0.75 * plain[8 + i]!), 1e-6)
    expectClose((await valuesOf(() => both.labels)).slice(9), [0.25, 0, 0.75, 0, 1, 0, 0.75, 0, 0.25], 1e-6)
  })
})

it('draws are the seed’s, even between 0 and 1, and “both” takes turns', () => {
  const draws = (kind: 'mixup' | 'cutmix' | 'both', seed: number) => {
    const random = randomStream(seed, 'mixing')
    return Array.from({ length: 400 }, () => drawMixture(kind, 32, random))
  }
  expect(draws('both', 1)).toEqual(draws('both', 1))
  expect(draws('both', 1)).not.toEqual(draws('both', 2))
  const shares = draws('mixup', 1).map(({ share }) => share)
  expect(shares.reduce((sum, share) => sum + share) / 400).toBeCloseTo(0.5, 1)
  expect(draws('mixup', 1).every(({ box }) => box === undefined)).toBe(true)
  expect(draws('cutmix', 1).every(({ box }) => box !== undefined)).toBe(true)
  expect(draws('both', 1).filter(({ box }) => box).length / 400).toBeCloseTo(0.5, 1)
})
