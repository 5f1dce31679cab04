import { splitNames } from '../recipe/class-choice'
import type { Recipe } from '../recipe/recipe'
import { CIFAR_CLASSES, CIFAR_FAMILIES, CIFAR_TITLES, type CifarName } from './cifar'
import { openCifarParquet } from './cifar-parquet'
import { decodeAll, joinPictures, type DecodePicture } from './decoding'
import { GrowingSet } from './growing-set'
import type { NamedSource } from './picture-files'
import { openRemoteFile } from './remote-file'
import type { PictureSet } from './picture-set'

/** Where the data sets lie; tests and mirrors give another base. */
export const HUGGING_FACE = 'https://huggingface.co/datasets/uoft-cs/'
const FOLDERS: Record<CifarName, string> = {
  cifar10: 'cifar10/resolve/main/plain_text',
  cifar100: 'cifar100/resolve/main/cifar100',
}

export const PARTS = ['train', 'test'] as const
export type Part = (typeof PARTS)[number]
/** What is wanted of a recipe to know how many pictures it needs. */
export type Wish = Pick<Recipe, 'classes' | 'cifar100Labels' | 'trainSize' | 'testSize'>

/** How far a part of the remote set has come. */
export interface PartProgress {
  /** Pictures after each portion: a recipe takes whole portions, so that it always gets the same pictures. */
  ends: readonly number[]
  /** Whether the file has no more. */
  complete: boolean
}
export type RemoteProgress = Record<Part, PartProgress>
export const NOTHING_YET: RemoteProgress = { train: { ends: [], complete: false }, test: { ends: [], complete: false } }

/** One portion that has come. */
export interface Arrival {
  part: Part
  pictures: PictureSet
  progress: RemoteProgress
}

export interface FetchOptions {
  base: string
  decode: DecodePicture
  signal?: AbortSignal
  onBytes?: (count: number) => void
}

/** A data set on Hugging Face of which as much is here as recipes have asked for. */
export class RemoteCifar {
  readonly #parts: Record<Part, GrowingSet>
  #progress: RemoteProgress
  /** Pictures that could not be decoded in this visit. */
  damaged = 0

  constructor(readonly dataset: CifarName, kept: { train?: PictureSet; test?: PictureSet; progress: RemoteProgress } = { progress: NOTHING_YET }) {
    this.#parts = { train: new GrowingSet(kept.train), test: new GrowingSet(kept.test) }
    this.#progress = kept.progress
  }

  get progress(): RemoteProgress {
    return this.#progress
  }

  /** Pictures of each part that are here. */
  get counts(): Record<Part, number> {
    return { train: this.#parts.train.count, test: this.#parts.test.count }
  }

  /** Whether no picture of the set is missing here. */
  get isComplete(): boolean {
    return PARTS.every((part) => this.#progress[part].complete)
  }

  /** The pictures that a recipe takes: the first portions that hold enough of each class, or all that are here. */
  sourceFor(wish: Wish): NamedSource {
    return {
      dataset: this.dataset,
      name: `${CIFAR_TITLES[this.dataset]} from Hugging Face`,
      classNames: CIFAR_CLASSES[this.dataset],
      grows: !this.isComplete,
      ...(this.dataset === 'cifar100' && { coarseNames: CIFAR_FAMILIES }),
      train: this.#parts.train.first(this.#enough('train', wish)),
      test: this.#parts.test.first(this.#enough('test', wish)),
    }
  }

  /** How many training pictures, equally many of each class, a run can have by now; none before its test pictures are here. */
  usable(wish: Wish): number {
    if (!this.#progress.test.complete && this.#enough('test', wish) === undefined) return 0
    const counts = this.#countsOf('train', this.#parts.train.count, wish)
    return Math.min(wish.trainSize, Math.min(...counts) * counts.length)
  }

  /** Whether the recipe has all the pictures that it can have. */
  has(wish: Wish): boolean {
    return PARTS.every((part) => this.#progress[part].complete || this.#enough(part, wish) !== undefined)
  }

  /**
   * Fetches portion by portion until the recipe has enough: a portion to train on and what the test needs first.
   * Ending it early keeps what has come.
   * @throws DataError with a sentence; an aborted signal throws its reason
   */
  async* fetch(wish: Wish, options: FetchOptions): AsyncGenerator<Arrival, void, void> {
    if (this.#parts.train.count === 0) yield* this.#fetchPart('train', options, () => this.#parts.train.count > 0)
    for (const part of ['test', 'train'] as const) {
      yield* this.#fetchPart(part, options, () => this.#enough(part, wish) !== undefined)
    }
    for (const part of PARTS) this.#parts[part].trim()
  }

  async* #fetchPart(part: Part, options: FetchOptions, isEnough: () => boolean): AsyncGenerator<Arrival, void, void> {
    if (isEnough() || this.#progress[part].complete) return
    const address = new URL(`${FOLDERS[this.dataset]}/${part}-00000-of-00001.parquet`, options.base).href
    const { portions, read } = await openCifarParquet(this.dataset, await openRemoteFile(address, options))
    while (!isEnough() && !this.#progress[part].complete) {
      const { ends } = this.#progress[part]
      const { pngs, labels, coarse } = await read(portions[ends.length]!)
      const decoded = await decodeAll(pngs, options.decode, { signal: options.signal, size: 'small' })
      const whole = decoded.flatMap((picture, i) => (picture ? [{ picture, label: labels[i]!, family: coarse?.[i] ?? 0 }] : []))
      this.damaged += decoded.length - whole.length
      const pictures = {
        pixels: joinPictures(whole.map(({ picture }) => picture)),
        labels: Uint8Array.from(whole, ({ label }) => label),
        ...(coarse && { coarse: Uint8Array.from(whole, ({ family }) => family) }),
      }
      this.#parts[part].append(pictures.pixels, pictures.labels, pictures.coarse)
      const complete = ends.length + 1 >= portions.length
      this.#progress = { ...this.#progress, [part]: { ends: [...ends, this.#parts[part].count], complete } }
      yield { part, pictures, progress: this.#progress }
    }
  }

  /** Pictures of the fewest portions that hold enough of each class, or undefined while none do. */
  #enough(part: Part, wish: Wish): number | undefined {
    const size = part === 'train' ? wish.trainSize : wish.testSize
    return this.#progress[part].ends.find((end) => {
      const counts = this.#countsOf(part, end, wish)
      return Math.min(...counts) >= Math.ceil(size / counts.length)
    })
  }

  /** Of each class that the recipe names, how many there are among the first `end` pictures. */
  #countsOf(part: Part, end: number, { classes, cifar100Labels }: Wish): number[] {
    const byFamily = cifar100Labels === 'coarse' && this.dataset === 'cifar100'
    const names = byFamily ? CIFAR_FAMILIES : CIFAR_CLASSES[this.dataset]
    const { labels, coarse } = this.#parts[part].first(end)
    const counts = names.map(() => 0)
    for (const label of (byFamily ? coarse : labels) ?? []) counts[label]!++
    const wanted = new Set(splitNames(classes))
    const chosen = counts.filter((_, label) => wanted.has(names[label]!))
    return chosen.length > 0 ? chosen : counts
  }
}
