import { CIFAR_CLASSES, CIFAR_FAMILIES, strangeLabel, type CifarName, type PlanarBatch } from './cifar'
import { DataError, PICTURE_BYTES } from './picture-set'

/** Label bytes before a record’s pixels: CIFAR-100 has the coarse label first, then the fine one. */
const LABEL_BYTES: Record<CifarName, number> = { cifar10: 1, cifar100: 2 }

/**
 * Reads a file of official CIFAR binary records: label bytes, then 1,024 red, green and blue bytes each
 * (https://www.cs.toronto.edu/~kriz/cifar.html). Which of the two data sets it is follows from its size,
 * where that fits both from its labels, where those fit both from its name.
 * @throws DataError for a size that is no whole number of records and for labels out of range.
 */
export function readBinaryBatch(name: string, bytes: Uint8Array): PlanarBatch {
  const dataset = recognise(name, bytes)
  const offset = LABEL_BYTES[dataset]
  const stride = offset + PICTURE_BYTES
  const labelsAt = (at: number) => Uint8Array.from({ length: bytes.length / stride }, (_, i) => bytes[i * stride + at]!)
  const strange = strangeRecord(dataset, bytes)
  if (strange >= 0) {
    const there = bytes.subarray(strange * stride, strange * stride + offset).join(' and ')
    throw strangeLabel(`Record ${strange + 1} of ${name}`, there, dataset)
  }
  return {
    dataset, labels: labelsAt(offset - 1), ...(dataset === 'cifar100' && { coarse: labelsAt(0) }), bytes, offset, stride,
  }
}

function recognise(name: string, bytes: Uint8Array): CifarName {
  if (bytes.length === 0) throw new DataError(`${name} is empty: download or copy it again.`)
  const fitting = (['cifar10', 'cifar100'] as const).filter(
    (dataset) => bytes.length % (LABEL_BYTES[dataset] + PICTURE_BYTES) === 0,
  )
  if (fitting.length === 0) {
    throw new DataError(
      `${name} has ${bytes.length.toLocaleString('en-GB')} bytes, which is no whole number of `
      + 'CIFAR-10 records (3,073 bytes) or CIFAR-100 records (3,074 bytes): it was cut off or is another format; download it again.',
    )
  }
  const plausible = fitting.filter((dataset) => strangeRecord(dataset, bytes) < 0)
  const named: CifarName = /cifar-?100|^(train|test)\.bin$/i.test(name) ? 'cifar100' : 'cifar10'
  if (plausible.length > 1) return named
  return plausible[0] ?? fitting[0]!
}

/** The first record whose labels are out of range, or -1. */
function strangeRecord(dataset: CifarName, bytes: Uint8Array): number {
  const offset = LABEL_BYTES[dataset]
  const stride = offset + PICTURE_BYTES
  const classes = CIFAR_CLASSES[dataset].length
  for (let record = 0; record * stride < bytes.length; record++) {
    const start = record * stride
    if (bytes[start + offset - 1]! >= classes) return record
    if (dataset === 'cifar100' && bytes[start]! >= CIFAR_FAMILIES.length) return record
  }
  return -1
}
