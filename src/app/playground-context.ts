import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { Album } from '../state/album'
import type { LensStep } from '../state/looks'
import type { AnswerSheet, Gallery, Snapshot } from '../state/pictures'
import type { Playground, PlaygroundState } from '../state/playground'
import type { RunSeries } from '../state/series'
import type { Tiles } from '../state/tiles'

export const PlaygroundContext = createContext<Playground | undefined>(undefined)

function usePlaygroundItself(): Playground {
  const playground = useContext(PlaygroundContext)
  if (!playground) throw new Error('A component of the page stands outside of PlaygroundContext.')
  return playground
}

/** The store itself, for what reads it at the moment of an event. */
export function usePlaygroundStore(): Playground['store'] {
  return usePlaygroundItself().store
}

/** A part of the state; the component renders again when that part changes. */
export function usePlayground<Part>(select: (state: PlaygroundState) => Part): Part {
  return useStore(usePlaygroundItself().store, select)
}

/** The training pictures; the component renders again when one that it asked for has come. */
export function useAlbum(): { album: Album; version: number } {
  const { album } = usePlaygroundItself()
  return { album, version: useSyncExternalStore(album.subscribe, () => album.version) }
}

/** The series of the run; the component renders again `delay` milliseconds after a batch has been recorded. */
export function useSeries(delay = 0): { series: RunSeries; version: number } {
  const { series } = usePlaygroundItself()
  const subscribe = useCallback(
    (listener: () => void) => series.subscribe(delay === 0 ? listener : () => setTimeout(listener, delay)),
    [series, delay],
  )
  return { series, version: useSyncExternalStore(subscribe, () => series.version) }
}

/** The newest snapshot of the model and the pictures that it looked at; undefined until there is one. */
export function useSnapshot(): { snapshot: Snapshot; gallery: Gallery } | undefined {
  const { looks } = usePlaygroundItself()
  const snapshot = useSyncExternalStore(looks.subscribe, () => looks.snapshot)
  return snapshot && looks.gallery && { snapshot, gallery: looks.gallery }
}

/** What the run on show answers to its test pictures; undefined until it has. */
export function useAnswers(): AnswerSheet | undefined {
  const { answers } = usePlaygroundItself()
  const sheet = useSyncExternalStore(answers.subscribe, () => answers.sheet)
  const runId = usePlayground((state) => state.run.runId)
  return sheet?.runId === runId ? sheet : undefined
}

/** The test pictures; the component renders again when one that it asked for has come. */
export function useTestPictures(): { pictures: Tiles; version: number } {
  const { answers: { pictures } } = usePlaygroundItself()
  return { pictures, version: useSyncExternalStore(pictures.subscribe, () => pictures.version) }
}

/** The step under the lens, as far as it has come. */
export function useLensStep(): LensStep | undefined {
  const { looks } = usePlaygroundItself()
  return useSyncExternalStore(looks.subscribe, () => looks.lensStep)
}
