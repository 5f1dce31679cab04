import { unzlibSync, zlibSync } from 'fflate'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { joined } from '../compute/joined'
import type { CifarName } from './cifar'
import { crc32 } from './crc32'
import type { DecodePicture } from './decoding'
import { madeUpPlanes } from './made-up-cifar'
import { SIDE } from './picture-set'

// Pictures and parquet files for tests.

/** A PNG of 8-bit RGB, without filters. */
export function pngOf(width: number, height: number, rgb: Uint8Array): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array(height * (width * 3 + 1))
  for (let y = 0; y < height; y++) rows.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1)
  const head = new Uint8Array(13)
  new DataView(head.buffer).setUint32(0, width)
  new DataView(head.buffer).setUint32(4, height)
  head.set([8, 2, 0, 0, 0], 8)
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', head), chunk('IDAT', zlibSync(rows)), chunk('IEND', new Uint8Array(0)),
  ])
}

/** A PNG of one colour. */
export function plainPng(width: number, height: number, colour: readonly [number, number, number]): Uint8Array<ArrayBuffer> {
  return pngOf(width, height, Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!))
}

/** Reads what `pngOf` wrote at 32×32; of other sizes the colour of the first pixel. For tests, in Node. */
export const decodeMadeUpPng: DecodePicture = async (bytes) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const width = view.getUint32(16)
  const length = view.getUint32(33)
  const rows = unzlibSync(bytes.subarray(41, 41 + length))
  if (width !== SIDE) return Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => rows[1 + (i % 3)]!)
  const picture = new Uint8Array(SIDE * SIDE * 3)
  const wide = SIDE * 3
  for (let y = 0; y < SIDE; y++) picture.set(rows.subarray(y * (wide + 1) + 1, (y + 1) * (wide + 1)), y * wide)
  return picture
}

/** A parquet file like those of CIFAR on Hugging Face; `columns` puts others in their place. */
export function cifarParquet(
  dataset: CifarName, labels: readonly number[], { groupRows = 100, pngs = labels.map((label, i) => madeUpPng(label, i % VARIETY)), imageColumn = 'img' } = {},
): Uint8Array<ArrayBuffer> {
  const label = (name: string, values: readonly number[]) => ({ name, data: values.map(BigInt) })
  return new Uint8Array(parquetWriteBuffer({
    columnData: [
      { name: imageColumn, data: pngs.map((bytes) => ({ bytes, path: null })), encoding: 'PLAIN' as const },
      ...(dataset === 'cifar10'
        ? [label('label', labels)]
        : [label('fine_label', labels), label('coarse_label', labels.map((fine) => Math.floor(fine / 5)))]),
    ],
    schema: [
      { name: 'root', num_children: dataset === 'cifar10' ? 2 : 3 },
      { name: imageColumn, num_children: 2, repetition_type: 'OPTIONAL' },
      { name: 'bytes', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL' },
      { name: 'path', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
      ...(dataset === 'cifar10' ? ['label'] : ['fine_label', 'coarse_label'])
        .map((name) => ({ name, type: 'INT64' as const, repetition_type: 'OPTIONAL' as const })),
    ],
    rowGroupSize: groupRows,
  }))
}

/** So many pictures of a class differ: making them takes time. */
export const VARIETY = 20
const made = new Map<string, Uint8Array<ArrayBuffer>>()

/** A picture of a class, of its own noise. */
export function madeUpPng(label: number, number: number): Uint8Array<ArrayBuffer> {
  const key = `${label} ${number}`
  const known = made.get(key) ?? drawPng(label, number)
  made.set(key, known)
  return known
}

function drawPng(label: number, number: number): Uint8Array<ArrayBuffer> {
  const planes = madeUpPlanes(label, number)
  return pngOf(SIDE, SIDE, Uint8Array.from({ length: planes.length }, (_, i) => planes[(i % 3) * SIDE * SIDE + Math.floor(i / 3)]!))
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = joined([Uint8Array.from(name, (letter) => letter.charCodeAt(0)), data])
  const frame = new Uint8Array(named.length + 8)
  const view = new DataView(frame.buffer)
  view.setUint32(0, data.length)
  frame.set(named, 4)
  view.setUint32(named.length + 4, crc32(named))
  return frame
}
