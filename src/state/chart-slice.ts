import type { StateCreator } from 'zustand'
import type { StepRange } from './excerpt'
import type { PlaygroundState } from './playground'

export interface ChartSlice {
  /** Share of the past in a smoothed line; 0 draws the numbers as they are. */
  smoothing: number
  logScale: boolean
  /** The run before stands faint behind the present one. */
  showPrevious: boolean
  /** The step under the cursor that all charts share. */
  chartCursor?: number
  /** The steps that the charts are zoomed to, and the run that they belong to. */
  chartRange?: StepRange & { runId: number }
  setSmoothing(weight: number): void
  setLogScale(on: boolean): void
  setShowPrevious(on: boolean): void
  pointAt(step: number | undefined): void
  /** Zooms the charts of the run on show; without a range they show all of it. */
  zoomTo(range: StepRange | undefined): void
}

export const MOST_SMOOTHING = 0.98

/** How the charts are looked at. */
export const chartSlice: StateCreator<PlaygroundState, [], [], ChartSlice> = (set, get) => ({
  smoothing: 0.6,
  logScale: false,
  showPrevious: false,
  setSmoothing: (smoothing) => set({ smoothing }),
  setLogScale: (logScale) => set({ logScale }),
  setShowPrevious: (showPrevious) => set({ showPrevious }),
  pointAt: (chartCursor) => set({ chartCursor }),
  zoomTo: (range) => set({ chartRange: range && { ...range, runId: get().run.runId } }),
})
