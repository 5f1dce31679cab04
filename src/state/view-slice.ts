import type { StateCreator } from 'zustand'
import { addNotice } from './notices'
import type { PlaygroundState } from './playground'

export type Theme = 'light' | 'dark'
/** Which numbers the heat map shows: the targets q or the student’s predictions p. */
export type HeatMapMode = 'assignments' | 'predictions'

/** How the page looks when it opens. */
export interface FirstLook {
  theme: Theme
  stageView?: string
}

export interface ViewSlice {
  theme: Theme
  heatMapMode: HeatMapMode
  /** Identifier of the stage’s view; absent until one is chosen: the first one then. */
  stageView?: string
  setTheme(theme: Theme): void
  setHeatMapMode(mode: HeatMapMode): void
  setStageView(id: string): void
  notify(message: string): void
  dismiss(id: number): void
}

export function viewSlice({ theme, stageView }: FirstLook): StateCreator<PlaygroundState, [], [], ViewSlice> {
  return (set, get) => ({
    theme,
    stageView,
    heatMapMode: 'assignments',
    setTheme: (theme) => set({ theme }),
    setHeatMapMode: (heatMapMode) => set({ heatMapMode }),
    setStageView: (stageView) => set({ stageView }),
    notify: (message) => set({ notices: addNotice(get().notices, message) }),
    dismiss(id) {
      const { notices } = get()
      set({ notices: { ...notices, list: notices.list.filter((notice) => notice.id !== id) } })
    },
  })
}
