import type { Playground } from './playground'
import type { Theme } from './view-slice'

const darkSystem = () => matchMedia('(prefers-color-scheme: dark)')

export function systemTheme(): Theme {
  return darkSystem().matches ? 'dark' : 'light'
}

/** Puts the theme on the document; whoever spoke last, the person or the system, decides. */
export function followTheme({ store }: Playground): void {
  const show = (theme: Theme) => {
    document.documentElement.dataset.theme = theme
  }
  show(store.getState().theme)
  store.subscribe((state, before) => {
    if (state.theme !== before.theme) show(state.theme)
  })
  darkSystem().addEventListener('change', () => store.getState().setTheme(systemTheme()))
}
