import { parseTar, type ParsedTarFileItemMeta } from 'nanotar'
import { joined } from '../compute/joined'
import { DataError } from './picture-set'

/** A file as a browser’s `File` or a few lines over Node’s streams give it. */
export interface NamedFile {
  name: string
  /** Bytes, as declared. */
  size: number
  stream(): ReadableStream<Uint8Array>
}

/** A file of an archive, by its own name: the folders before it do not matter and are dropped. */
export interface ArchiveMember {
  name: string
  bytes: Uint8Array
}

/** More than twice the largest official archive, packed or unpacked. */
export const SIZE_LIMIT = 400_000_000

/**
 * What a file holds: the members of a tar (gzipped or not), else the file itself (un-gzipped if it was).
 * @throws DataError for a file beyond the size limit (before it is read, or while it unpacks),
 * one that cannot be read, and a damaged or truncated archive.
 */
export async function unpack(file: NamedFile, limit = SIZE_LIMIT): Promise<ArchiveMember[]> {
  checkSize(file.name, file.size, limit)
  const gzipped = await startsWith(file, [0x1f, 0x8b])
  const bytes = await (gzipped ? gunzip(file, limit) : readAll(file.name, file.stream(), limit))
  if (isTar(bytes)) return tarMembers(file.name, bytes)
  return [{ name: gzipped ? file.name.replace(/\.gz$/i, '') : file.name, bytes }]
}

/** @throws DataError when one or several files declare more bytes than the limit. */
export function checkSize(names: string, size: number, limit = SIZE_LIMIT): void {
  if (size > limit) throw tooLarge(`${names}: ${megabytes(size)} is`, limit)
}

async function startsWith(file: NamedFile, magic: readonly number[]): Promise<boolean> {
  try {
    const reader = file.stream().getReader()
    const { value } = await reader.read()
    await reader.cancel()
    return magic.every((byte, i) => value?.[i] === byte)
  } catch {
    throw new DataError(`${file.name} cannot be read: choose it again, and where it is a folder, the files inside it.`)
  }
}

async function gunzip(file: NamedFile, limit: number): Promise<Uint8Array> {
  try {
    // The cast: a browser’s File streams over plain memory, which is all that DecompressionStream takes.
    const packed = file.stream() as ReadableStream<Uint8Array<ArrayBuffer>>
    return await readAll(file.name, packed.pipeThrough(new DecompressionStream('gzip')), limit)
  } catch (error) {
    throw error instanceof DataError ? error : cutOff(file.name)
  }
}

async function readAll(name: string, stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { value } = await reader.read()
    if (!value) break
    size += value.length
    if (size > limit) {
      await reader.cancel()
      throw tooLarge(`${name}: its content is`, limit)
    }
    chunks.push(value)
  }
  return joined(chunks)
}

/** Whether “ustar” stands in the first header, as POSIX and GNU tar write it. */
function isTar(bytes: Uint8Array): boolean {
  return bytes.length >= 512 && new TextDecoder().decode(bytes.subarray(257, 262)) === 'ustar'
}

function tarMembers(archive: string, bytes: Uint8Array): ArchiveMember[] {
  // A tar ends with blocks of zeros; without them, members may be missing.
  if (bytes.subarray(-512).some((byte) => byte !== 0)) throw cutOff(archive)
  try {
    return parseTar(bytes, { filter: isFile }).map(({ name, data }) => ({
      name: name.split('/').at(-1)!,
      bytes: data ?? new Uint8Array(0),
    }))
  } catch {
    throw cutOff(archive)
  }
}

function isFile({ size, type }: ParsedTarFileItemMeta): boolean {
  if (!(size >= 0)) throw new RangeError('A member of negative size would never end.')
  return type === 'file' || type === 'contiguousFile'
}

/** The error for an archive, of whatever kind, that does not unpack to its end. */
export function cutOff(name: string): DataError {
  return new DataError(`${name} is damaged or was cut off, so it cannot be unpacked: download or copy it again.`)
}

function tooLarge(what: string, limit: number): DataError {
  return new DataError(
    `${what} beyond the limit of ${megabytes(limit)}; `
    + 'drop the official CIFAR archive (about 170 MB) or its unpacked batches.',
  )
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000).toLocaleString('en-GB')} MB`
}
