import type { StateCreator } from 'zustand'
import { addNotice } from './notices'
import type { PlaygroundState } from './playground'

export type Theme = 'light' | 'dark'
/** Which numbers the heat map shows: the targets q or the student’s predictions p. */
export type HeatMapMode = 'assignments' | 'predictions'

/** How the page looks when it opens. */
export interface FirstLook {
  theme: Theme
  projector: boolean
  stageView?: string
}

export interface ViewSlice {
  theme: Theme
  /** Larger and with more contrast, for a wall that many look at. */
  projector: boolean
  heatMapMode: HeatMapMode
  /** Identifier of the stage’s view; absent until one is chosen: the first one then. */
  stageView?: string
  setTheme(theme: Theme): void
  setProjector(on: boolean): void
  setHeatMapMode(mode: HeatMapMode): void
  setStageView(id: string): void
  notify(message: string): void
  dismiss(id: number): void
}

export function viewSlice({ theme, projector, stageView }: FirstLook): StateCreator<PlaygroundState, [], [], ViewSlice> {
  return (set, get) => ({
    theme,
    projector,
    stageView,
    heatMapMode: 'assignments',
    setTheme: (theme) => set({ theme }),
    setProjector: (projector) => set({ projector }),
    setHeatMapMode: (heatMapMode) => set({ heatMapMode }),
    setStageView: (stageView) => set({ stageView }),
    notify: (message) => set({ notices: addNotice(get().notices, message) }),
    dismiss(id) {
      const { notices } = get()
      set({ notices: { ...notices, list: notices.list.filter((notice) => notice.id !== id) } })
    },
  })
}
