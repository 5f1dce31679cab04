import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type FileMetaData } from 'hyparquet'
import { CIFAR_CLASSES, CIFAR_FAMILIES, strangeLabel, type CifarName } from './cifar'
import { DataError } from './picture-set'
import type { RemoteFile } from './remote-file'

/** Rows of a file that are fetched and decoded together: whole row groups, about a thousand pictures. */
export interface Portion {
  rowStart: number
  rowEnd: number
  byteStart: number
  byteEnd: number
}

/** Pictures as the file holds them. */
export interface PackedPictures {
  pngs: Uint8Array[]
  labels: number[]
  coarse?: number[]
}

/** A parquet file of CIFAR as Hugging Face serves it: `img` {bytes: PNG, path} and labels, in many row groups. */
export interface CifarParquet {
  portions: Portion[]
  read(portion: Portion): Promise<PackedPictures>
}

const PORTION_ROWS = 1_000
/** Far more than a thousand pictures of 32×32 can need. */
const MOST_PORTION_BYTES = 64_000_000
const LABEL_COLUMNS: Record<CifarName, { label: string; coarse?: string }> = {
  cifar10: { label: 'label' },
  cifar100: { label: 'fine_label', coarse: 'coarse_label' },
}

/** @throws DataError when the file is no parquet, has other columns, or row groups of strange sizes. */
export async function openCifarParquet(dataset: CifarName, file: RemoteFile): Promise<CifarParquet> {
  const metadata = await parquetMetadataAsync({ byteLength: file.byteLength, slice: (start, end = file.byteLength) => file.read(start, end) })
    .catch((error: unknown) => {
      throw isOurs(error) ? error : damaged(file)
    })
  const { label, coarse } = LABEL_COLUMNS[dataset]
  checkColumns(file, metadata, ['img', label, ...(coarse ? [coarse] : [])])
  return {
    portions: portionsOf(file, metadata),
    async read({ rowStart, rowEnd, byteStart, byteEnd }) {
      const bytes = await file.read(byteStart, byteEnd)
      const slice = (start: number, end = file.byteLength) =>
        start >= byteStart && end <= byteEnd ? bytes.slice(start - byteStart, end - byteStart) : file.read(start, end)
      const rows = await parquetReadObjects({
        file: { byteLength: file.byteLength, slice }, metadata, rowStart, rowEnd, utf8: false,
        columns: ['img', label, ...(coarse ? [coarse] : [])],
      }).catch((error: unknown) => {
        throw isOurs(error) ? error : damaged(file)
      })
      return {
        pngs: rows.map((row) => pngOf(row['img'])),
        labels: rows.map((row, i) => labelOf(row[label], CIFAR_CLASSES[dataset], `Picture ${rowStart + i + 1} of ${file.address}`, dataset)),
        ...(coarse && {
          coarse: rows.map((row, i) => labelOf(row[coarse], CIFAR_FAMILIES, `Picture ${rowStart + i + 1} of ${file.address}`, dataset)),
        }),
      }
    },
  }
}

function checkColumns(file: RemoteFile, metadata: FileMetaData, wanted: string[]): void {
  const columns = parquetSchema(metadata).children
  const missing = wanted.find((name) => !columns.some(({ element }) => element.name === name))
  const holdsBytes = columns.find(({ element }) => element.name === 'img')?.children.some(({ element }) => element.name === 'bytes')
  if (missing || !holdsBytes) {
    throw new DataError(
      `${file.address} has no column “${missing ?? 'img.bytes'}”, so it is not the CIFAR that the page knows: try again later, or drop the official archive.`,
    )
  }
}

/** Whole row groups, gathered until they hold a thousand pictures. */
function portionsOf(file: RemoteFile, metadata: FileMetaData): Portion[] {
  const portions: Portion[] = []
  let current: Portion | undefined
  let row = 0
  for (const { columns, num_rows } of metadata.row_groups) {
    const ranges = columns.map(({ meta_data: column }) => {
      const from = Number(column?.dictionary_page_offset ?? column?.data_page_offset)
      return [from, from + Number(column?.total_compressed_size)] as const
    })
    const byteStart = Math.min(...ranges.map(([from]) => from))
    const byteEnd = Math.max(...ranges.map(([, to]) => to))
    if (!(byteStart >= 0 && byteEnd > byteStart && byteEnd <= file.byteLength)) throw damaged(file)
    current ??= { rowStart: row, rowEnd: row, byteStart, byteEnd }
    row += Number(num_rows)
    current = { ...current, rowEnd: row, byteStart: Math.min(current.byteStart, byteStart), byteEnd: Math.max(current.byteEnd, byteEnd) }
    if (current.byteEnd - current.byteStart > MOST_PORTION_BYTES) throw damaged(file)
    if (current.rowEnd - current.rowStart >= PORTION_ROWS) {
      portions.push(current)
      current = undefined
    }
  }
  if (current) portions.push(current)
  if (portions.length === 0) throw damaged(file)
  return portions
}

function pngOf(image: unknown): Uint8Array {
  const bytes = typeof image === 'object' && image !== null && 'bytes' in image ? image.bytes : undefined
  // What is no picture fails when it is decoded, and is left out then.
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(0)
}

function labelOf(value: unknown, classes: readonly string[], picture: string, dataset: CifarName): number {
  const label = Number(value)
  if (value === null || value === undefined || !(label in classes)) throw strangeLabel(picture, String(value), dataset)
  return label
}

function isOurs(error: unknown): boolean {
  return error instanceof DataError || (error instanceof Error && error.name === 'AbortError')
}

function damaged({ address }: RemoteFile): DataError {
  return new DataError(`${address} is no parquet file of CIFAR, or a damaged one: try again later, or drop the official archive.`)
}
