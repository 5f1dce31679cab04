import { z } from 'zod'
import type { Arrival, RemoteProgress } from '../data/hugging-face'
import type { NamedSource } from '../data/picture-files'
import { DataError, PICTURE_BYTES, pictureAt, pictureCount, type PictureSet } from '../data/picture-set'
import { nextTurn } from './turn'

const partProgress = z.object({ ends: z.array(z.int().min(0)), complete: z.boolean() })
const partAbout = z.object({ count: z.int().min(0), coarse: z.boolean() })
const aboutSchema = z.object({
  version: z.literal(1),
  dataset: z.enum(['cifar10', 'cifar100', 'own']),
  name: z.string(),
  classNames: z.array(z.string()).min(2),
  coarseNames: z.array(z.string()).optional(),
  train: partAbout,
  test: partAbout.optional(),
  /** Of a set that comes portion by portion: how far it has come. */
  remote: z.object({ train: partProgress, test: partProgress }).optional(),
})
type About = z.infer<typeof aboutSchema>
export type KeptDataset = About['dataset']

/** A set on the person’s disk, as the page lists it. */
export interface KeptSet {
  dataset: KeptDataset
  name: string
  pictures: number
  bytes: number
}

/** A set as it was kept. */
export type Reopened = NamedSource & { remote?: RemoteProgress }

const ABOUT = 'about.json'
/** Written at once between two turns of the worker. */
const PIECE = 4_000_000

/**
 * The pictures that stay on the person’s disk for the next visit, in the browser’s private file system (OPFS): a folder
 * for each data set. A set counts from the moment on when its description is written, which is the last thing that
 * happens, and only as far as that says: what a crash or a full disk leaves half written is not there.
 */
export class Shelf {
  readonly #root: () => Promise<FileSystemDirectoryHandle>

  /** @param root the folder for all sets; rejects where the browser has none */
  constructor(root: () => Promise<FileSystemDirectoryHandle> = picturesFolder) {
    this.#root = root
  }

  /** What is kept; nothing where the browser keeps nothing. */
  async list(): Promise<KeptSet[]> {
    const root = await this.#root().catch(() => undefined)
    if (!root) return []
    const kept: KeptSet[] = []
    for await (const name of root.keys()) {
      const about = await readAbout(root, name)
      if (about) kept.push(describe(about))
    }
    return kept.sort((a, b) => a.dataset.localeCompare(b.dataset))
  }

  /** @throws DataError when the set is described but not whole. */
  async open(dataset: KeptDataset): Promise<Reopened | undefined> {
    const root = await this.#root().catch(() => undefined)
    const about = root && await readAbout(root, dataset)
    if (!root || !about) return undefined
    const folder = await root.getDirectoryHandle(dataset)
    const { train, test, remote, name, classNames, coarseNames } = about
    const part = (name: 'train' | 'test', { count, coarse }: z.infer<typeof partAbout>) =>
      readPart(folder, name, count, coarse, coarseNames?.length ?? 0, classNames.length, about.name)
    return {
      dataset, name, classNames, ...(coarseNames && { coarseNames }), ...(remote && { remote }),
      train: await part('train', train),
      ...(test && { test: await part('test', test) }),
    }
  }

  /**
   * Keeps a whole set in the place of an earlier one of its data set.
   * @throws DataError when the disk has no room; then neither is kept
   */
  async keep(source: NamedSource): Promise<void> {
    const dataset = source.dataset
    if (dataset === 'shapes') return
    await this.forget(dataset)
    await this.#writing(dataset, async (folder) => {
      await appendPart(folder, 'train', source.train, 0)
      if (source.test) await appendPart(folder, 'test', source.test, 0)
      const { name, classNames, coarseNames, train, test } = source
      await writeAbout(folder, {
        version: 1, dataset, name, classNames: [...classNames], ...(coarseNames && { coarseNames: [...coarseNames] }),
        train: aboutPart(train), ...(test && { test: aboutPart(test) }),
      })
    }).catch(async (error: unknown) => {
      // What is half written would only take room.
      await this.forget(dataset)
      throw error
    })
  }

  /** Adds a portion that has come to its set. @throws DataError when the disk has no room; what was kept before stays */
  async append(source: NamedSource, { part, pictures, progress }: Arrival, before: number): Promise<void> {
    const dataset = source.dataset
    if (dataset === 'shapes') return
    await this.#writing(dataset, async (folder) => {
      await appendPart(folder, part, pictures, before)
      const count = (of: 'train' | 'test') => progress[of].ends.at(-1) ?? 0
      const coarse = source.coarseNames !== undefined
      await writeAbout(folder, {
        version: 1, dataset, name: source.name, classNames: [...source.classNames],
        ...(source.coarseNames && { coarseNames: [...source.coarseNames] }),
        train: { count: count('train'), coarse }, test: { count: count('test'), coarse },
        remote: { train: mutable(progress.train), test: mutable(progress.test) },
      })
    })
  }

  async forget(dataset: KeptDataset): Promise<void> {
    const root = await this.#root().catch(() => undefined)
    await root?.removeEntry(dataset, { recursive: true }).catch(() => undefined)
  }

  async #writing(dataset: KeptDataset, write: (folder: FileSystemDirectoryHandle) => Promise<void>): Promise<void> {
    try {
      const root = await this.#root()
      await write(await root.getDirectoryHandle(dataset, { create: true }))
    } catch (error) {
      throw new DataError(notKept(error))
    }
  }
}

/** The folder of all sets, in browsers that let a worker write one. */
async function picturesFolder(): Promise<FileSystemDirectoryHandle> {
  const top = await navigator.storage.getDirectory()
  return top.getDirectoryHandle('pictures', { create: true })
}

function notKept(error: unknown): string {
  const isFull = error instanceof Error && error.name === 'QuotaExceededError'
  return isFull
    ? 'The disk has no room left for these pictures: they are here until the page is closed. Delete a kept set to make room.'
    : 'This browser keeps no pictures for the next visit (a private window, or the page is open twice): they are here until the page is closed.'
}

async function readAbout(root: FileSystemDirectoryHandle, name: string): Promise<About | undefined> {
  try {
    const folder = await root.getDirectoryHandle(name)
    const text = await (await (await folder.getFileHandle(ABOUT)).getFile()).text()
    const about = aboutSchema.parse(JSON.parse(text))
    return about.dataset === name ? about : undefined
  } catch {
    return undefined
  }
}

function describe({ dataset, name, train, test }: About): KeptSet {
  const pictures = train.count + (test?.count ?? 0)
  const coarse = (train.coarse ? train.count : 0) + (test?.coarse ? test.count : 0)
  return { dataset, name, pictures, bytes: pictures * (PICTURE_BYTES + 1) + coarse }
}

async function readPart(
  folder: FileSystemDirectoryHandle, part: string, count: number, coarse: boolean, families: number, classes: number, name: string,
): Promise<PictureSet> {
  const read = async (what: string, length: number) => {
    const file = await folder.getFileHandle(`${part}.${what}`).then((handle) => handle.getFile()).catch(() => new Blob())
    const bytes = new Uint8Array(await file.slice(0, length).arrayBuffer())
    if (bytes.length < length) throw broken(name)
    return bytes
  }
  if (count === 0) return { pixels: new Uint8Array(0), labels: new Uint8Array(0) }
  const labels = await read('labels', count)
  const family = coarse ? await read('coarse', count) : undefined
  if (labels.some((label) => label >= classes) || family?.some((label) => label >= families)) throw broken(name)
  return { pixels: await read('pixels', count * PICTURE_BYTES), labels, ...(family && { coarse: family }) }
}

function broken(name: string): DataError {
  return new DataError(`What was kept of ${name} is damaged: delete it in the list of kept pictures, and get it again.`)
}

/** Writes behind the first `before` pictures, over whatever an unfinished write has left there. */
async function appendPart(folder: FileSystemDirectoryHandle, part: string, set: PictureSet, before: number): Promise<void> {
  const pieces = Math.ceil((pictureCount(set) * PICTURE_BYTES) / PIECE)
  const perPiece = Math.ceil(pictureCount(set) / Math.max(1, pieces))
  await writing(folder, `${part}.pixels`, async (file) => {
    for (let from = 0; from < pictureCount(set); from += perPiece) {
      for (let at = from; at < Math.min(from + perPiece, pictureCount(set)); at++) {
        writeWhole(file, pictureAt(set, at), (before + at) * PICTURE_BYTES)
      }
      await nextTurn()
    }
  })
  await writing(folder, `${part}.labels`, (file) => writeWhole(file, set.labels, before))
  if (set.coarse) await writing(folder, `${part}.coarse`, (file) => writeWhole(file, set.coarse!, before))
}

async function writeAbout(folder: FileSystemDirectoryHandle, about: About): Promise<void> {
  await writing(folder, ABOUT, (file) => {
    file.truncate(0)
    writeWhole(file, new TextEncoder().encode(JSON.stringify(about)), 0)
  })
}

async function writing(
  folder: FileSystemDirectoryHandle, name: string, write: (file: FileSystemSyncAccessHandle) => void | Promise<void>,
): Promise<void> {
  const handle = await folder.getFileHandle(name, { create: true })
  const file = await handle.createSyncAccessHandle()
  try {
    await write(file)
    file.flush()
  } finally {
    file.close()
  }
}

function writeWhole(file: FileSystemSyncAccessHandle, bytes: Uint8Array, at: number): void {
  // The cast: these bytes never lie in memory that threads share, which a file would refuse.
  if (file.write(bytes as Uint8Array<ArrayBuffer>, { at }) < bytes.length) throw Object.assign(new Error('The disk is full.'), { name: 'QuotaExceededError' })
}

function aboutPart(set: PictureSet): z.infer<typeof partAbout> {
  return { count: pictureCount(set), coarse: set.coarse !== undefined }
}

function mutable({ ends, complete }: RemoteProgress['train']) {
  return { ends: [...ends], complete }
}

