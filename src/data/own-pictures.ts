import type { NamedFile } from './archive'
import { MOST_CLASSES } from './class-choice'
import { decodeAll, joinPictures, type DecodePicture } from './decoding'
import { isHidden, placeOf, type Place } from './folder-classes'
import { GrowingSet } from './growing-set'
import type { NamedSource } from './picture-files'
import { readPictureHeader } from './picture-header'
import { DataError, pictureAt, quoted, type PictureSet } from './picture-set'
import { zipMembers } from './zip'

/** A file with the folders in which it lies: “pets/cats/1.jpg”. */
export interface PathFile extends NamedFile {
  path: string
}

export interface OwnOptions {
  decode: DecodePicture
  signal?: AbortSignal
  /** Hears how many pictures are in, of how many where that is known. */
  onProgress?: (pictures: number, of?: number) => void
}

/** A source, and what was left out of it, as one sentence. */
export interface OwnPictures {
  source: NamedSource
  leftOut?: string
}

const MOST_PICTURES = 20_000
/** Labels are bytes. */
const MOST_FOLDERS = 250
/** A class gives pictures to learn from and some to test with. */
const FEWEST_PER_CLASS = 5
const MOST_FILE_BYTES = 40_000_000
/** Beyond this, decoding takes memory that a tab may not have: 4 bytes a pixel. */
const MOST_PIXELS = 64_000_000
const ZIP_LIMITS = { member: MOST_FILE_BYTES, whole: 8_000_000_000 }
const AT_ONCE = 16
const IS_PICTURE = /\.(png|jpe?g|webp)$/i

/** Whether files are pictures in folders, or a zip archive, which may hold such. */
export function areOwnPictures(files: readonly PathFile[]): boolean {
  if (files.some(({ path }) => IS_PICTURE.test(path) && !isHidden(path))) return true
  return files.length === 1 && /\.zip$/i.test(files[0]!.name)
}

/**
 * Reads pictures of any size from a folder with one folder for each class, or from a zip archive of that.
 * What is no picture, damaged, absurdly large or in no folder is left out, and so are classes of fewer than five pictures.
 * @throws DataError when fewer than two classes remain, when two folders have one name, when there are too many classes
 */
export async function readOwnPictures(files: readonly PathFile[], options: OwnOptions): Promise<OwnPictures> {
  const gathering = new Gathering(options)
  const zip = files.find(({ name }) => /\.zip$/i.test(name))
  if (zip) await readZip(zip, gathering, options)
  else await readFolders(files, gathering, options)
  return gathering.finish(zip ? zip.name : nameOf(files))
}

async function readZip(zip: NamedFile, gathering: Gathering, options: OwnOptions): Promise<void> {
  let waiting: [Place, Uint8Array][] = []
  const wanted = (path: string) => gathering.place(path) !== undefined
  for await (const { path, bytes } of zipMembers(zip, ZIP_LIMITS, wanted, options.signal)) {
    options.signal?.throwIfAborted()
    if (bytes) waiting.push([gathering.place(path)!, bytes])
    else gathering.leaveOut('damaged or too large')
    if (waiting.length < AT_ONCE) continue
    await gathering.add(waiting)
    waiting = []
  }
  await gathering.add(waiting)
  gathering.sortOut()
}

async function readFolders(files: readonly PathFile[], gathering: Gathering, options: OwnOptions): Promise<void> {
  const placed = files.toSorted((a, b) => (a.path < b.path ? -1 : 1)).flatMap((file) => {
    const place = gathering.place(file.path)
    return place ? [{ file, place }] : []
  })
  gathering.sortOut()
  gathering.expected = Math.min(placed.length, MOST_PICTURES)
  // The folders take turns, so that a limit takes none of them away.
  const turns = new Map<string, number>()
  const ranked = placed.map((entry) => {
    const turn = turns.get(entry.place.folder) ?? 0
    turns.set(entry.place.folder, turn + 1)
    return { ...entry, turn }
  })
  ranked.sort((a, b) => a.turn - b.turn)
  for (let at = 0; at < ranked.length; at += AT_ONCE) {
    options.signal?.throwIfAborted()
    const read = await Promise.all(ranked.slice(at, at + AT_ONCE).map(async ({ file, place }): Promise<[Place, Uint8Array] | undefined> => {
      if (gathering.isFull) return undefined
      if (file.size > MOST_FILE_BYTES) return undefined
      const bytes = await new Response(file.stream()).arrayBuffer().catch(() => new ArrayBuffer(0))
      return [place, new Uint8Array(bytes)]
    }))
    await gathering.add(read.filter((entry) => entry !== undefined))
    read.forEach((entry) => {
      if (!entry) gathering.leaveOut(gathering.isFull ? FULL : 'damaged or too large')
    })
  }
}

const FULL = `beyond the limit of ${MOST_PICTURES.toLocaleString('en-GB')} pictures`

/** What has been read so far. */
class Gathering {
  expected: number | undefined
  readonly #options: OwnOptions
  readonly #parts = { train: new GrowingSet(), test: new GrowingSet() }
  /** Folders of each part, by their number in the sets. */
  readonly #folders = { train: new Map<string, Place>(), test: new Map<string, Place>() }
  /** How many files were left out, by why; an example of each. */
  readonly #leftOut = new Map<string, number>()
  readonly #places = new Map<string, Place | { reason: string }>()

  constructor(options: OwnOptions) {
    this.#options = options
  }

  get isFull(): boolean {
    return this.#count >= MOST_PICTURES
  }

  get #count(): number {
    return this.#parts.train.count + this.#parts.test.count
  }

  /** Where a file belongs, if it is a picture in a class’s folder. */
  place(path: string): Place | undefined {
    if (isHidden(path)) return undefined
    let found = this.#places.get(path)
    if (!found) {
      found = IS_PICTURE.test(path) ? placeOf(path) : { reason: 'no PNG, JPEG or WebP' }
      this.#places.set(path, found)
    }
    return 'reason' in found ? undefined : found
  }

  /** Counts the files that `place` refused. */
  sortOut(): void {
    for (const found of this.#places.values()) if ('reason' in found) this.leaveOut(found.reason)
    this.#places.clear()
  }

  leaveOut(reason: string): void {
    this.#leftOut.set(reason, (this.#leftOut.get(reason) ?? 0) + 1)
  }

  /** Decodes files and adds what could be. */
  async add(files: readonly [Place, Uint8Array][]): Promise<void> {
    const good = files.filter(([, bytes]) => this.#isPlausible(bytes))
    const decoded = await decodeAll(good.map(([, bytes]) => bytes), this.#options.decode, { signal: this.#options.signal, size: 'anySize' })
    for (const part of ['train', 'test'] as const) {
      const whole = good.flatMap(([place], i) => (place.part === part && decoded[i] ? [{ place, picture: decoded[i] }] : []))
      const room = whole.slice(0, MOST_PICTURES - this.#count)
      for (let more = room.length; more < whole.length; more++) this.leaveOut(FULL)
      this.#parts[part].append(
        joinPictures(room.map(({ picture }) => picture)),
        Uint8Array.from(room, ({ place }) => this.#numberOf(part, place)),
      )
    }
    for (const picture of decoded) if (!picture) this.leaveOut('damaged')
    this.#options.onProgress?.(this.#count, this.expected)
  }

  #isPlausible(bytes: Uint8Array): boolean {
    const header = readPictureHeader(bytes)
    if (!header || header.width === 0 || header.height === 0) this.leaveOut('damaged')
    else if (header.width * header.height > MOST_PIXELS) this.leaveOut(`of more than ${MOST_PIXELS / 1e6} megapixels`)
    else return true
    return false
  }

  #numberOf(part: Place['part'], place: Place): number {
    const folders = this.#folders[part]
    if (!folders.has(place.folder)) {
      if (folders.size === MOST_FOLDERS) throw tooManyClasses(folders.size + 1)
      folders.set(place.folder, place)
    }
    return [...folders.keys()].indexOf(place.folder)
  }

  /** Joins folders to classes in the order of their names. */
  finish(origin: string): OwnPictures {
    const hasBoth = this.#parts.train.count > 0 && this.#parts.test.count > 0
    const main = this.#parts.train.count > 0 ? 'train' : 'test'
    const names = this.#namesOf(main)
    const counts = countLabels(this.#parts[main].first(), names.length)
    const kept = names.filter((_, number) => counts[number]! >= FEWEST_PER_CLASS)
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    const small = names.filter((name) => !kept.includes(name))
    if (kept.length < 2) throw tooFewClasses(origin, kept, small, this.#describeLeftOut())
    if (kept.length > MOST_CLASSES) throw tooManyClasses(kept.length)
    const partOf = (part: Place['part'], partNames: readonly string[]) =>
      ofClasses(this.#parts[part], partNames.map((name) => kept.indexOf(name)))
    const tested = hasBoth ? this.#namesOf('test') : undefined
    const source: NamedSource = {
      dataset: 'own',
      name: `Pictures from ${origin}`,
      classNames: kept,
      train: partOf(main, names),
      ...(tested && { test: partOf('test', tested) }),
    }
    const leftOut = [this.#describeLeftOut(), describeSmall(small), tested && describeTest(tested, names, kept)].filter(Boolean).join(' ')
    return { source, ...(leftOut && { leftOut }) }
  }

  /** @throws DataError when two folders have one name */
  #namesOf(part: Place['part']): string[] {
    const places = [...this.#folders[part].values()]
    const byName = new Map<string, Place>()
    for (const place of places) {
      const twin = byName.get(place.className.toLowerCase())
      if (twin) {
        throw new DataError(
          `Two classes would have one name, “${place.className}” (the folders ${twin.folder} and ${place.folder}): rename one of them or put their pictures together.`,
        )
      }
      byName.set(place.className.toLowerCase(), place)
    }
    return places.map(({ className }) => className)
  }

  #describeLeftOut(): string {
    const total = [...this.#leftOut.values()].reduce((sum, count) => sum + count, 0)
    if (total === 0) return ''
    const why = [...this.#leftOut].map(([reason, count]) => `${count.toLocaleString('en-GB')} ${reason}`).join(', ')
    return `${total === 1 ? 'One file was' : `${total.toLocaleString('en-GB')} files were`} left out: ${why}.`
  }
}

function countLabels({ labels }: PictureSet, classes: number): number[] {
  const counts = Array.from({ length: classes }, () => 0)
  for (const label of labels) counts[label]!++
  return counts
}

/**
 * The pictures of some classes, without gaps: each has the same number here and when it comes back from the disk.
 * @param classOf new class of each old one, -1 for those that are left out
 */
function ofClasses(part: GrowingSet, classOf: readonly number[]): PictureSet {
  part.trim()
  const { pixels, labels } = part.first()
  const kept = Array.from(labels.keys()).filter((position) => classOf[labels[position]!]! >= 0)
  return {
    pixels: kept.length === labels.length ? pixels : joinPictures(kept.map((position) => pictureAt({ pixels, labels }, position))),
    labels: Uint8Array.from(kept, (position) => classOf[labels[position]!]!),
  }
}

function describeSmall(small: readonly string[]): string {
  if (small.length === 0) return ''
  return `${small.length === 1 ? `The class ${quoted(small)} was` : `The classes ${quoted(small)} were`} left out: a class needs at least ${FEWEST_PER_CLASS} pictures.`
}

/** What of the test part belongs to no class, and which classes it does not measure. */
function describeTest(tested: readonly string[], trained: readonly string[], kept: readonly string[]): string {
  const strange = tested.filter((name) => !trained.includes(name))
  const untested = kept.filter((name) => !tested.includes(name))
  return [
    strange.length > 0 && `The test pictures of ${quoted(strange)} were left out: no training pictures are of that name.`,
    untested.length > 0 && `No test picture is of ${quoted(untested)}.`,
  ].filter(Boolean).join(' ')
}

function tooFewClasses(origin: string, kept: readonly string[], small: readonly string[], leftOut: string): DataError {
  const there = kept.length === 0 ? 'no class' : `one class, “${kept[0]}”,`
  return new DataError(
    `${origin} holds ${there} of ${FEWEST_PER_CLASS} or more pictures, and a run tells at least two apart: `
    + `put PNG, JPEG or WebP pictures into one folder for each class. ${[leftOut, describeSmall(small)].filter(Boolean).join(' ')}`.trim(),
  )
}

function tooManyClasses(count: number): DataError {
  return new DataError(`These are ${count} folders, but a run tells ${MOST_CLASSES} classes apart at most: choose fewer folders.`)
}

/** The folder that holds them all, or how many files they are. */
function nameOf(files: readonly PathFile[]): string {
  const tops = new Set(files.map(({ path }) => path.split('/')[0]!))
  return tops.size === 1 ? `the folder ${[...tops][0]}` : `${tops.size} folders`
}
