import { expect, test } from 'vitest'
import { joinBatches } from './cifar'
import { readPythonBatch } from './cifar-python'
import { madeUpPlanes, pickleBytes, pythonBatch } from './made-up-cifar'
import { DataError, PICTURE_BYTES } from './picture-set'

/** The batch’s bytes with a change of its Latin-1 text. */
function changed(batch: Uint8Array, from: string, to: string): Uint8Array {
  const at = Buffer.from(batch).indexOf(from, 0, 'latin1')
  expect(at).toBeGreaterThan(0)
  return pickleBytes([batch.subarray(0, at), to, batch.subarray(at + from.length)])
}

test.each([['labels', 'cifar10'], ['fine_labels', 'cifar100']] as const)('a batch with %s is of %s', (key, dataset) => {
  const batch = readPythonBatch('batch', pythonBatch(key, [4, 9]))
  expect(batch.dataset).toBe(dataset)
  const { pixels, labels } = joinBatches([batch])
  expect([...labels]).toEqual([4, 9])
  const planes = madeUpPlanes(9, 1)
  expect([...pixels.subarray(PICTURE_BYTES, PICTURE_BYTES + 3)]).toEqual([planes[0], planes[1024], planes[2048]])
})

test('an array that was pickled column by column gives the same pictures', () => {
  const rows = [madeUpPlanes(1, 0), madeUpPlanes(2, 1)]
  const columns = Uint8Array.from({ length: 2 * PICTURE_BYTES }, (_, i) => rows[i % 2]![Math.floor(i / 2)]!)
  const plain = pythonBatch('labels', [1, 2])
  const data = plain.length - columns.length - 4
  const flipped = pickleBytes([plain.subarray(0, data - 6), '\x88', plain.subarray(data - 5, data), columns, 'tbu.'])
  // Before the data stand False (0x89), T and the length.
  expect(plain[data - 6]).toBe(0x89)
  expect(joinBatches([readPythonBatch('batch', flipped)])).toEqual(joinBatches([readPythonBatch('batch', plain)]))
})

test.each([
  ['a label out of range', pythonBatch('labels', [3, 10]), /Picture 2 of batch has the label 10, which CIFAR-10/],
  ['fewer labels than pictures', changed(pythonBatch('labels', [1, 2]), 'K\x01K\x02e', 'K\x01e'), /2 pictures but 1 labels/],
  ['other elements', changed(pythonBatch('labels', [1]), 'u1', 'i1'), /no CIFAR pictures.*data_batch_1/],
  ['other pictures', changed(pythonBatch('labels', [1]), 'M\x00\x0c', 'M\x00\x0d'), /no CIFAR pictures/],
  ['another dictionary', pickleBytes(['}.']), /no CIFAR pictures/],
])('%s is refused with cause and cure', (_, bytes, sentence) => {
  const read = () => readPythonBatch('batch', bytes)
  expect(read).toThrow(DataError)
  expect(read).toThrow(sentence)
})
