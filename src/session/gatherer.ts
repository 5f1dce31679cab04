import { CIFAR_TITLES, type CifarName } from '../data/cifar'
import type { DecodePicture } from '../data/decoding'
import { HUGGING_FACE } from '../data/hugging-face'
import type { OwnPictures, PathFile } from '../data/own-pictures'
import { DataError } from '../data/picture-set'
import type { Recipe } from '../recipe/recipe'
import type { Library } from './library'
import type { Tell } from './outbox'
import type { Gathering } from './protocol'
import type { KeptDataset, Shelf } from './shelf'
import { nextTurn } from './turn'

/** Reads files of any kind that the page knows. */
export type ReadFiles = (
  files: readonly PathFile[],
  preferred: CifarName | undefined,
  options: { decode: DecodePicture; signal?: AbortSignal; onProgress?: (pictures: number, of?: number) => void },
) => Promise<OwnPictures>

interface Environment {
  library: Library
  shelf: Shelf
  decode: DecodePicture
  readFiles: ReadFiles
  tell: Tell
  /** Shows the pictures of a data set as far as they are here. */
  show(recipe: Recipe, justCame: boolean): void
  /** `unfetched` is the data set whose pictures were to be fetched and did not come. */
  complain(error: unknown, unfetched?: Recipe['dataset']): void
}

/** A thousand small pictures are decoded in a few of these. */
const BREATH_MILLISECONDS = 100
/** Progress is told this often at most. */
const TELL_MILLISECONDS = 120

/** Brings pictures in, one source at a time: fetches CIFAR, reads files, keeps both on disk. */
export class Gatherer {
  readonly #environment: Environment
  #under?: { way: AbortController; dataset: Recipe['dataset'] | undefined }
  #told = -Infinity

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** Whether pictures of the data set are still coming. */
  isComing(dataset: Recipe['dataset']): boolean {
    return this.#under?.dataset === dataset
  }

  /** Between two steps of a run: while pictures come, their work gets its share of the thread. */
  breathe(): Promise<void> {
    return this.#under ? new Promise((resolve) => setTimeout(resolve, BREATH_MILLISECONDS)) : nextTurn()
  }

  /** Stops what is under way; what has come stays. */
  cancel(): void {
    this.#under?.way.abort()
  }

  /** Fetches what the recipe still lacks of its CIFAR from Hugging Face, or from another base. */
  async fetch(recipe: Recipe, base = HUGGING_FACE): Promise<void> {
    const { dataset } = recipe
    if (dataset !== 'cifar10' && dataset !== 'cifar100') return
    await this.#gather(dataset, async (signal) => {
      const { library, shelf, decode, show, complain, tell } = this.#environment
      await library.reopen(dataset)
      const remote = library.remote(dataset)
      if (!remote) return tell({ kind: 'note', message: `${CIFAR_TITLES[dataset]} is here already, from an archive; delete that to get it from Hugging Face.` })
      const begun = { from: 'hugging-face', dataset, bytes: 0, pictures: 0 } as const
      const progress: Gathering = { ...begun }
      const update = () => {
        progress.pictures = remote.counts.train + remote.counts.test
        progress.usable = remote.usable(recipe)
        progress.wanted = recipe.trainSize
      }
      const onBytes = (count: number) => {
        progress.bytes += count
        this.#tellProgress(progress)
      }
      update()
      this.#tellProgress(progress, true)
      let isKept = true
      for await (const arrival of remote.fetch(recipe, { base, decode, signal, onBytes })) {
        const before = remote.counts[arrival.part] - arrival.pictures.labels.length
        if (isKept) {
          await shelf.append(remote.sourceFor(recipe), arrival, before).catch((error: unknown) => {
            isKept = false
            complain(error)
          })
        }
        update()
        this.#tellProgress(progress, true)
        show(recipe, false)
      }
      // All there are, and still not enough: the form asks for no more than that.
      if (remote.isComplete && remote.usable(recipe) < recipe.trainSize) show(recipe, true)
      if (remote.damaged > 0) tell({ kind: 'note', message: `${remote.damaged} damaged pictures were left out.` })
    })
  }

  /** Reads files and uses them from the next run on. */
  async read(files: readonly PathFile[], recipe: Recipe): Promise<void> {
    await this.#gather(undefined, async (signal) => {
      const { library, shelf, decode, readFiles, show, complain, tell } = this.#environment
      this.#tellProgress({ from: 'files', bytes: 0, pictures: 0 }, true)
      const { dataset } = recipe
      const preferred = dataset === 'cifar10' || dataset === 'cifar100' ? dataset : undefined
      const { source, leftOut } = await readFiles(files, preferred, {
        decode, signal, onProgress: (pictures, of) => this.#tellProgress({ from: 'files', bytes: 0, pictures, wanted: of }),
      })
      library.keep(source)
      show({ ...recipe, dataset: source.dataset }, true)
      if (leftOut) tell({ kind: 'note', message: leftOut })
      this.#tellProgress({ from: 'files', bytes: 0, pictures: source.train.labels.length, isKeeping: true }, true)
      await shelf.keep(source).catch((error: unknown) => complain(error))
    })
  }

  /** Deletes a set, on disk and here. */
  async forget(dataset: KeptDataset): Promise<void> {
    if (this.isComing(dataset)) this.cancel()
    this.#environment.library.forget(dataset)
    await this.#environment.shelf.forget(dataset)
    await this.tellKept()
  }

  async tellKept(): Promise<void> {
    this.#environment.tell({ kind: 'kept', sets: await this.#environment.shelf.list() })
  }

  async #gather(dataset: Recipe['dataset'] | undefined, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.cancel()
    const under = { way: new AbortController(), dataset }
    this.#under = under
    try {
      await work(under.way.signal)
    } catch (error) {
      if (!under.way.signal.aborted || error instanceof DataError) this.#environment.complain(error, dataset)
    } finally {
      if (this.#under === under) {
        this.#under = undefined
        this.#environment.tell({ kind: 'gathering' })
      }
      await this.tellKept()
    }
  }

  #tellProgress(progress: Gathering, atOnce = false): void {
    const now = performance.now()
    if (!atOnce && now - this.#told < TELL_MILLISECONDS) return
    this.#told = now
    this.#environment.tell({ kind: 'gathering', progress: { ...progress } })
  }
}
