import { joined } from '../compute/joined'
import type { NamedFile } from './archive'
import type { CifarName } from './cifar'
import { PICTURE_BYTES } from './picture-set'
import { randomStream } from './random'

// Files in the official formats for tests: the pictures are noise about a colour of the class.

/** The planes of one picture of a class. */
export function madeUpPlanes(label: number, number = 0): Uint8Array {
  const { below } = randomStream(number, `made-up class ${label}`)
  const colour = [37 * label, 85 * label, 151 * label].map((value) => value % 200)
  return Uint8Array.from({ length: PICTURE_BYTES }, (_, i) => colour[Math.floor(i / 1024)]! + below(56))
}

/** Binary records of these labels; CIFAR-100’s coarse label is the fine one’s fifth. */
export function binaryRecords(dataset: CifarName, labels: readonly number[]): Uint8Array<ArrayBuffer> {
  return joined(labels.map((label, i) => {
    const head = dataset === 'cifar10' ? [label] : [Math.floor(label / 5), label]
    return joined([Uint8Array.from(head), madeUpPlanes(label, i)])
  }))
}

/** A pickled batch as Python 2 and numpy wrote the official ones (protocol 2). */
export function pythonBatch(key: 'labels' | 'fine_labels', labels: readonly number[]): Uint8Array<ArrayBuffer> {
  const data = joined(labels.map(madeUpPlanes))
  const int = (value: number, bytes: 2 | 4) => Array.from({ length: bytes }, (_, i) => (value >> (8 * i)) & 255)
  const string = (text: string) => `U${String.fromCharCode(text.length)}${text}`
  return pickleBytes([
    '\x80\x02}q\x01(', string('batch_label'), string('training batch 1 of 5'),
    string(key), ']q\x02(', ...labels.map((label) => [0x4b, label]), 'e',
    string('data'), 'cnumpy.core.multiarray\n_reconstruct\nq\x03cnumpy\nndarray\nq\x04',
    'K\x00\x85', string('b'), '\x87Rq\x05',
    '(K\x01J', int(labels.length, 4), 'M', int(PICTURE_BYTES, 2), '\x86',
    'cnumpy\ndtype\nq\x06', string('u1'), 'K\x00K\x01\x87Rq\x07',
    '(K\x03', string('|'), 'NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb',
    '\x89T', int(data.length, 4), data, 'tbu.',
  ])
}

/** Bytes from Latin-1 text and numbers. */
export function pickleBytes(parts: readonly (string | ArrayLike<number>)[]): Uint8Array<ArrayBuffer> {
  return joined(parts.map((part) =>
    typeof part === 'string' ? Uint8Array.from(part, (character) => character.charCodeAt(0)) : Uint8Array.from(part)))
}

/** A file as a drop holds it. */
export function namedFile(name: string, bytes: Uint8Array<ArrayBuffer>): NamedFile {
  return { name, size: bytes.length, stream: () => new Blob([bytes]).stream() }
}
