import { BACKENDS, type BackendName } from '../compute/report'
import { linkOf, recipeOfLink } from '../recipe/link'
import type { Recipe } from '../recipe/recipe'
import type { Playground } from './playground'

/** Browsers refuse an address that changes too often. */
const WRITE_MILLISECONDS = 400

export interface Address {
  form: Recipe
  backend: BackendName | 'auto'
  /** Identifier of the stage’s view, not checked. */
  stageView?: string
  /** A sentence for each part that could not be used. */
  problems: string[]
}

/** The stage’s view stands beside the recipe’s fields, behind #. */
const VIEW = 'view'

/** What the address asks for: the recipe and the stage’s view behind #, the backend behind ?backend=. */
export function readAddress({ hash, search }: { hash: string; search: string }): Address {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const stageView = parameters.get(VIEW) ?? undefined
  parameters.delete(VIEW)
  const { recipe, problems } = recipeOfLink(parameters.toString())
  const wanted = new URLSearchParams(search).get('backend')
  const backend = BACKENDS.find((name) => name === wanted)
  if (wanted !== null && !backend && wanted !== 'auto') {
    const choices = BACKENDS.join(', ')
    problems.push(`There is no backend “${wanted.slice(0, 40)}”; choose one of ${choices}. The page chose by itself.`)
  }
  return { form: recipe, backend: backend ?? 'auto', stageView, problems }
}

/** The hash fragment, without its #, of a recipe and a view of the stage. */
export function writeAddress(form: Recipe, stageView: string | undefined): string {
  const view = stageView === undefined ? '' : new URLSearchParams({ [VIEW]: stageView }).toString()
  return [linkOf(form), view].filter((part) => part !== '').join('&')
}

/** Keeps the address a link to the form and the view, and follows links that are pasted into it. */
export function followAddress({ store }: Playground): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  store.subscribe((state, before) => {
    if (state.form === before.form && state.stageView === before.stageView) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      const { form, stageView } = store.getState()
      const link = writeAddress(form, stageView)
      history.replaceState(null, '', link ? `#${link}` : location.pathname + location.search)
    }, WRITE_MILLISECONDS)
  })
  addEventListener('hashchange', () => {
    const { form, stageView, problems } = readAddress(location)
    store.getState().replaceForm(form)
    if (stageView !== undefined) store.getState().setStageView(stageView)
    for (const problem of problems) store.getState().notify(problem)
  })
}
