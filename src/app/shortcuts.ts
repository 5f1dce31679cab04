import type { PlaygroundState } from '../state/playground'
import { showHelp } from './help-popover'
import { STAGE_VIEWS, viewKey } from './stage/views'

export interface Shortcut {
  /** As KeyboardEvent.key names it, in lower case. */
  key: string
  /** What the list of keys calls it. */
  name: string
  meaning: string
  act: (state: PlaygroundState) => void
}

const RUN_SHORTCUTS: readonly Shortcut[] = [
  { key: ' ', name: 'Space', meaning: 'Train or pause', act: (state) => state.trainOrPause() },
  { key: 's', name: 'S', meaning: 'One step', act: (state) => state.step() },
  { key: 'n', name: 'N', meaning: 'Next stage of the step under the lens', act: (state) => state.nextLensStage() },
  { key: 'r', name: 'R', meaning: 'Reset', act: (state) => state.reset() },
]

const PAGE_SHORTCUTS: readonly Shortcut[] = [
  { key: 'p', name: 'P', meaning: 'Projector mode: larger, with more contrast', act: ({ projector, setProjector }) => setProjector(!projector) },
  { key: 'd', name: 'D', meaning: 'Dark or light colours', act: ({ theme, setTheme }) => setTheme(theme === 'dark' ? 'light' : 'dark') },
  { key: 'l', name: 'L', meaning: 'Charts on a logarithmic scale', act: ({ logScale, setLogScale }) => setLogScale(!logScale) },
  { key: '?', name: '?', meaning: 'This list', act: showHelp },
]

const VIEW_SHORTCUTS: readonly Shortcut[] = STAGE_VIEWS.flatMap(({ id, label }, position) => {
  const key = viewKey(position)
  return key ? [{ key, name: key, meaning: `View “${label}”`, act: (state) => state.setStageView(id) }] : []
})

/** The keys that act wherever the focus is, unless it is on something that wants the key itself. */
export const SHORTCUTS: readonly Shortcut[] = [...RUN_SHORTCUTS, ...PAGE_SHORTCUTS, ...VIEW_SHORTCUTS]
