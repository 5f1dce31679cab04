import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { CIFAR_CLASSES, joinBatches } from './cifar'
import { readBinaryBatch } from './cifar-binary'
import { DataError, PICTURE_BYTES } from './picture-set'

/** Records with red 1, green 2, blue 3, but the first pixel’s red and the last pixel’s blue their own. */
function records(labels: readonly (readonly number[])[]): Uint8Array {
  return Uint8Array.from(labels.flatMap((label) => {
    const planes = Array.from({ length: PICTURE_BYTES }, (_, i) => 1 + Math.floor(i / 1024))
    planes[0] = 200
    planes[PICTURE_BYTES - 1] = 250
    return [...label, ...planes]
  }))
}

test('CIFAR-10 records become interleaved pictures', () => {
  const batch = readBinaryBatch('data_batch_1.bin', records([[3], [9], [0]]))
  expect(batch.dataset).toBe('cifar10')
  const { pixels, labels } = joinBatches([batch, batch])
  expect([...labels]).toEqual([3, 9, 0, 3, 9, 0])
  expect(pixels).toHaveLength(6 * PICTURE_BYTES)
  for (let picture = 0; picture < 6; picture++) {
    const shown = pixels.subarray(picture * PICTURE_BYTES, (picture + 1) * PICTURE_BYTES)
    expect([...shown.subarray(0, 6)]).toEqual([200, 2, 3, 1, 2, 3])
    expect([...shown.subarray(-3)]).toEqual([1, 2, 250])
  }
})

test('CIFAR-100 records give their fine labels', () => {
  const batch = readBinaryBatch('train.bin', records([[19, 99], [0, 4]]))
  expect(batch.dataset).toBe('cifar100')
  const { pixels, labels } = joinBatches([batch])
  expect([...labels]).toEqual([99, 4])
  expect([...pixels.subarray(PICTURE_BYTES, PICTURE_BYTES + 3)]).toEqual([200, 2, 3])
})

test('where the size fits both data sets, labels decide, and then the name', () => {
  const size = 3_073 * 3_074
  const labelled = (stride: number, label: number) => {
    const bytes = new Uint8Array(size).fill(150)
    for (let start = 0; start < size; start += stride) bytes.fill(label, start, start + stride - PICTURE_BYTES)
    return bytes
  }
  expect(readBinaryBatch('unnamed.bin', labelled(3_073, 5)).dataset).toBe('cifar10')
  expect(readBinaryBatch('unnamed.bin', labelled(3_074, 15)).dataset).toBe('cifar100')
  expect(readBinaryBatch('data_batch_1.bin', new Uint8Array(size)).dataset).toBe('cifar10')
  expect(readBinaryBatch('cifar-100-train.bin', new Uint8Array(size)).dataset).toBe('cifar100')
})

test.each([
  ['an empty file', new Uint8Array(0), /data_batch_1.bin is empty: download/],
  ['a truncated file', records([[1], [2]]).subarray(0, 6_000), /6,000 bytes.*no whole number.*cut off.*download it again/],
  ['a label out of range', records([[1], [10]]), /Record 2 of data_batch_1.bin has the label 10, which CIFAR-10/],
  ['a coarse label out of range', records([[20, 5]]), /Record 1 .* label 20 and 5, which CIFAR-100/],
])('%s is refused with cause and cure', (_, bytes, sentence) => {
  const read = () => readBinaryBatch('data_batch_1.bin', bytes)
  expect(read).toThrow(DataError)
  expect(read).toThrow(sentence)
})

const folder = path.resolve('../shared/cifar')
describe.skipIf(!existsSync(folder))('the real pictures (needs the CIFAR files in ../shared/cifar)', () => {
  const file = (name: string) => readFileSync(path.join(folder, name))

  test.each([
    ['cifar10-train.bin', 'cifar10', 10_000],
    ['cifar10-test.bin', 'cifar10', 1_000],
    ['cifar100-train.bin', 'cifar100', 10_000],
    ['cifar100-test.bin', 'cifar100', 2_000],
  ])('%s holds %s, %i pictures', (name, dataset, count) => {
    const batch = readBinaryBatch(name, file(name))
    expect(batch.dataset).toBe(dataset)
    expect(batch.labels).toHaveLength(count)
  })

  test('the colours have the published means', () => {
    const { pixels } = joinBatches([readBinaryBatch('cifar10-train.bin', file('cifar10-train.bin'))])
    const sums = [0, 0, 0]
    pixels.forEach((value, i) => { sums[i % 3]! += value })
    const means = sums.map((sum) => sum / (pixels.length / 3) / 255)
    for (const [channel, published] of [0.4914, 0.4822, 0.4465].entries()) {
      expect(Math.abs(means[channel]! - published)).toBeLessThan(0.01)
    }
  })

  test('class names are the official ones', () => {
    const official = (name: string) => file(name).toString().trim().split('\n')
    expect(CIFAR_CLASSES.cifar10).toEqual(official('batches.meta.txt'))
    expect(CIFAR_CLASSES.cifar100).toEqual(official('fine_label_names.txt'))
  })
})
