import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { Playground, PlaygroundState } from '../state/playground'
import type { RunSeries } from '../state/series'

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

/** The series of the run; the component renders again `delay` milliseconds after a batch has been recorded. */
export function useSeries(delay = 0): { series: RunSeries; version: number } {
  const { series } = usePlaygroundItself()
  const subscribe = useCallback(
    (listener: () => void) => series.subscribe(delay === 0 ? listener : () => setTimeout(listener, delay)),
    [series, delay],
  )
  return { series, version: useSyncExternalStore(subscribe, () => series.version) }
}
