import type { StateCreator } from 'zustand'
import type { Recipe } from '../recipe/recipe'
import type { SessionClient } from '../session/client'
import type { KeptSet } from '../session/protocol'
import { addNotice } from './notices'
import type { PlaygroundState } from './playground'

/** A file, and the folders in which it lies: “pets/cats/1.jpg”. */
export interface PathFile {
  path: string
  file: File
}

export interface PicturesActions {
  /** Reads files that were dropped or chosen. */
  load(files: readonly PathFile[]): Promise<void>
  /** Gets the form’s CIFAR, as much of it as the form asks for. */
  fetchPictures(): void
  /** Stops what is on its way. */
  cancelGathering(): void
  forgetKept(dataset: KeptSet['dataset']): void
  askForKept(): void
  /** The form for a run that begins now: with the pictures that are here, where more are still on their way. */
  useWhatIsHere(): Recipe
}

/** Files go to the worker in such portions, so that the page stays quick. */
const HANDFUL = 25

/** How pictures come in and go. `mirror` stands in for Hugging Face. */
export function picturesSlice(client: SessionClient, mirror?: string): StateCreator<PlaygroundState, [], [], PicturesActions> {
  return (set, get) => {
    /** The load whose files are on their way to the worker. */
    let handing: object | undefined

    /** Hands the files over, the last ones to be read with the others; another load or a stop comes in between. */
    async function handOver(files: readonly PathFile[]) {
      if (handing) client.send({ kind: 'cancel' })
      const mine = {}
      handing = mine
      let from = 0
      for (; from + HANDFUL < files.length; from += HANDFUL) {
        client.send({ kind: 'hand', files: files.slice(from, from + HANDFUL) })
        await new Promise((resolve) => setTimeout(resolve))
        if (handing !== mine) return
      }
      handing = undefined
      client.send({ kind: 'load', files: files.slice(from), recipe: get().form })
    }

    return {
      async load(files) {
        if (files.length === 0) {
          const message = 'Nothing that was dropped is a file: drop a CIFAR archive (.tar.gz), or your pictures in one folder for each class.'
          set({ notices: addNotice(get().notices, message) })
          return
        }
        set({ gathering: { from: 'files', bytes: 0, pictures: 0 } })
        await handOver(files)
      },
      fetchPictures() {
        const { form } = get()
        set({ gathering: { from: 'hugging-face', dataset: form.dataset, bytes: 0, pictures: 0 }, unfetched: undefined })
        client.send({ kind: 'fetch', recipe: form, ...(mirror && { base: mirror }) })
      },
      cancelGathering() {
        // The worker does not know yet of what is on its way to it, and will not say that it is over.
        if (handing) set({ gathering: undefined })
        handing = undefined
        client.send({ kind: 'cancel' })
      },
      forgetKept: (dataset) => client.send({ kind: 'forget', dataset }),
      askForKept: () => client.send({ kind: 'forget' }),
      useWhatIsHere() {
        const { form, gathering } = get()
        const usable = gathering?.dataset === form.dataset ? gathering.usable : undefined
        if (!usable || usable >= form.trainSize) return form
        const smaller = { ...form, trainSize: usable }
        set({
          form: smaller,
          lowered: { from: form.trainSize, to: usable },
          notices: addNotice(get().notices, `The run begins with the ${usable} training pictures that are here; the rest still comes.`),
        })
        return smaller
      },
    }
  }
}
