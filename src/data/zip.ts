import { Unzip, UnzipInflate, type UnzipFile } from 'fflate'
import { joined } from '../compute/joined'
import { cutOff, type NamedFile } from './archive'
import { DataError } from './picture-set'

/** A file of an archive, unpacked. */
export interface ZipMember {
  path: string
  /** Undefined where it is larger than the limit, or damaged. */
  bytes: Uint8Array | undefined
}

export interface ZipLimits {
  /** Bytes of one member, declared or unpacked. */
  member: number
  /** Bytes of all members together. */
  whole: number
}

/** A small piece can unpack to a thousand times its size at most, which memory has room for. */
const PIECE = 65_536

/**
 * The files of a zip archive in their order, unpacked while it is read: no more of it is in memory than a few members.
 * Nothing is written anywhere, whatever the names say.
 * @throws DataError for a damaged archive, and for one that unpacks to more than the limit; an aborted signal throws its reason
 */
export async function* zipMembers(
  file: NamedFile, limits: ZipLimits, wanted: (path: string) => boolean, signal?: AbortSignal,
): AsyncGenerator<ZipMember, void, void> {
  const members: ZipMember[] = []
  let [open, found, unpacked] = [0, 0, 0]
  const unzip = new Unzip((member) => {
    found++
    if (member.name.endsWith('/')) return
    const isWanted = wanted(member.name)
    const isTooLarge = Math.max(member.size ?? 0, member.originalSize ?? 0) > limits.member
    open++
    // What is not wanted is unpacked too: fflate would keep it in memory otherwise.
    collect(member, isWanted && !isTooLarge ? limits.member : 0, (bytes) => {
      open--
      if (isWanted) members.push({ path: member.name, bytes })
    }, (count) => {
      unpacked += count
      if (unpacked > limits.whole) throw tooLarge(file.name, limits.whole)
    })
  })
  unzip.register(UnzipInflate)
  try {
    for await (const piece of piecesOf(file)) {
      signal?.throwIfAborted()
      unzip.push(piece)
      yield* members.splice(0)
    }
    unzip.push(new Uint8Array(0), true)
  } catch (error) {
    throw error instanceof DataError || isAbort(error) ? error : cutOff(file.name)
  }
  yield* members.splice(0)
  if (open > 0 || found === 0) throw cutOff(file.name)
}

/** Gathers what unpacks of a member; undefined is what comes of one that is damaged or beyond the limit. */
function collect(
  member: UnzipFile, limit: number, done: (bytes: Uint8Array | undefined) => void, onBytes: (count: number) => void,
): void {
  const chunks: Uint8Array[] = []
  let size = 0
  let settled = false
  function settle(bytes: Uint8Array | undefined) {
    if (!settled) done(bytes)
    settled = true
    chunks.length = 0
  }
  member.ondata = (error, chunk, final) => {
    if (error) return settle(undefined)
    size += chunk.length
    onBytes(chunk.length)
    if (size <= limit) chunks.push(chunk)
    else chunks.length = 0
    if (final) settle(size <= limit ? joined(chunks) : undefined)
  }
  try {
    member.start()
  } catch (error) {
    if (error instanceof DataError) throw error
    // A way of packing that nobody here knows.
    settle(undefined)
  }
}

async function* piecesOf(file: NamedFile): AsyncGenerator<Uint8Array, void, void> {
  const reader = file.stream().getReader()
  try {
    for (;;) {
      const { value } = await reader.read()
      if (!value) return
      for (let at = 0; at < value.length; at += PIECE) yield value.subarray(at, at + PIECE)
    }
  } finally {
    await reader.cancel()
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}

function tooLarge(name: string, limit: number): DataError {
  return new DataError(
    `${name} unpacks to more than ${Math.round(limit / 1e9)} GB, which no collection of pictures for this page needs: drop a smaller one.`,
  )
}
