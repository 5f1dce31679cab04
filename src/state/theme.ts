import type { Playground } from './playground'
import { storage } from './storage'
import type { Theme } from './view-slice'

const REMEMBERED = 'theme'
const PROJECTOR = 'projector'

const darkSystem = () => matchMedia('(prefers-color-scheme: dark)')

function systemTheme(): Theme {
  return darkSystem().matches ? 'dark' : 'light'
}

/** The theme that the person chose at an earlier visit, else the system’s. */
export function firstTheme(): Theme {
  const chosen = storage()?.getItem(REMEMBERED)
  return chosen === 'light' || chosen === 'dark' ? chosen : systemTheme()
}

/** Puts a theme on the document. */
export function wearTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}

/** Hears the system’s theme each time that it becomes another. */
export function whenSystemChanges(listener: (theme: Theme) => void): void {
  darkSystem().addEventListener('change', () => listener(systemTheme()))
}

/** Whether an earlier visit ended in projector mode. */
export function firstProjector(): boolean {
  return storage()?.getItem(PROJECTOR) === 'on'
}

/** Puts the theme and the projector mode on the document and remembers them; whoever spoke last, the person or the system, decides. */
export function followTheme({ store }: Playground): void {
  const project = (on: boolean) => document.documentElement.toggleAttribute('data-projector', on)
  wearTheme(store.getState().theme)
  project(store.getState().projector)
  store.subscribe((state, before) => {
    if (state.projector !== before.projector) {
      project(state.projector)
      if (state.projector) storage()?.setItem(PROJECTOR, 'on')
      else storage()?.removeItem(PROJECTOR)
    }
    if (state.theme === before.theme) return
    wearTheme(state.theme)
    remember(state.theme)
  })
  whenSystemChanges((theme) => store.getState().setTheme(theme))
}

/** A choice that agrees with the system is forgotten, so that the page follows the system again. */
function remember(theme: Theme): void {
  if (theme === systemTheme()) storage()?.removeItem(REMEMBERED)
  else storage()?.setItem(REMEMBERED, theme)
}
