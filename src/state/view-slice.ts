import type { StateCreator } from 'zustand'
import { addNotice } from './notices'
import type { PlaygroundState } from './playground'

export type Theme = 'light' | 'dark'
/** Which numbers the heat map shows: the targets q or the student’s predictions p. */
export type HeatMapMode = 'assignments' | 'predictions'

export interface ViewSlice {
  theme: Theme
  heatMapMode: HeatMapMode
  setTheme(theme: Theme): void
  setHeatMapMode(mode: HeatMapMode): void
  notify(message: string): void
  dismiss(id: number): void
}

export function viewSlice(theme: Theme): StateCreator<PlaygroundState, [], [], ViewSlice> {
  return (set, get) => ({
    theme,
    heatMapMode: 'assignments',
    setTheme: (theme) => set({ theme }),
    setHeatMapMode: (heatMapMode) => set({ heatMapMode }),
    notify: (message) => set({ notices: addNotice(get().notices, message) }),
    dismiss(id) {
      const { notices } = get()
      set({ notices: { ...notices, list: notices.list.filter((notice) => notice.id !== id) } })
    },
  })
}
