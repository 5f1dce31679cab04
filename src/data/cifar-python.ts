import { CIFAR_CLASSES, CIFAR_FAMILIES, strangeLabel, type CifarName, type PlanarBatch } from './cifar'
import { readPickle } from './pickle'
import { PickledArray, type PickleValue } from './pickle-values'
import { DataError, PICTURE_BYTES } from './picture-set'

/**
 * Reads a batch of the Python version of CIFAR: a pickled dictionary of `data`, uint8 [N, 3072] of colour
 * planes, and `labels` (CIFAR-10) or `fine_labels` (CIFAR-100).
 * @throws DataError when the pickle is damaged, asks for more than data, or holds something else.
 */
export function readPythonBatch(name: string, bytes: Uint8Array): PlanarBatch {
  const batch = readPickle(name, bytes)
  const data = entry(batch, 'data')
  const fine = entry(batch, 'fine_labels')
  const labels = fine ?? entry(batch, 'labels')
  const planes = data instanceof PickledArray ? planesOf(data) : undefined
  if (!planes || !Array.isArray(labels)) {
    throw new DataError(
      `${name} holds no CIFAR pictures (uint8 data of N × 3,072 with labels): `
      + 'use the batches of the official Python archive, such as data_batch_1 or train.',
    )
  }
  const dataset: CifarName = fine ? 'cifar100' : 'cifar10'
  const count = planes.length / PICTURE_BYTES
  checkLabels(name, dataset, labels, count, CIFAR_CLASSES[dataset].length)
  const coarse = entry(batch, 'coarse_labels')
  if (Array.isArray(coarse)) checkLabels(name, dataset, coarse, count, CIFAR_FAMILIES.length)
  return {
    dataset, labels: Uint8Array.from(labels, Number), ...(Array.isArray(coarse) && { coarse: Uint8Array.from(coarse, Number) }),
    bytes: planes, offset: 0, stride: PICTURE_BYTES,
  }
}

function entry(batch: PickleValue, key: string): PickleValue | undefined {
  return batch instanceof Map ? batch.get(key) : undefined
}

/** The array’s rows one after the other, or undefined when it is no uint8 [N, 3072]. */
function planesOf({ shape, code, columnsFirst, bytes }: PickledArray): Uint8Array | undefined {
  const [count, width] = shape
  const isPictures = shape.length === 2 && count !== undefined && width === PICTURE_BYTES
    && code === 'u1' && bytes.length === count * width
  if (!isPictures) return undefined
  if (!columnsFirst) return bytes
  const rows = new Uint8Array(bytes.length)
  for (let column = 0, at = 0; column < width; column++) {
    for (let row = 0; row < count; row++) rows[row * width + column] = bytes[at++]!
  }
  return rows
}

function checkLabels(name: string, dataset: CifarName, labels: PickleValue[], count: number, classes: number): void {
  if (labels.length !== count) {
    throw new DataError(`${name} has ${count} pictures but ${labels.length} labels: it is damaged; download it again.`)
  }
  const strange = labels.findIndex((label) => !isWithin(label, classes))
  if (strange >= 0) {
    const label = labels[strange]
    const shown = typeof label === 'number' ? String(label) : 'of no number'
    throw strangeLabel(`Picture ${strange + 1} of ${name}`, shown, dataset)
  }
}

function isWithin(label: PickleValue, classes: number): boolean {
  return typeof label === 'number' && Number.isInteger(label) && label >= 0 && label < classes
}
