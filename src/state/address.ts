import { BACKENDS, type BackendName } from '../compute/report'
import { linkOf, recipeOfLink } from '../recipe/link'
import type { Recipe } from '../recipe/recipe'
import type { Playground } from './playground'

/** Browsers refuse an address that changes too often: Safari after a hundred changes within so long. */
const MEMORY_MILLISECONDS = 30_000
/** What each change in that time adds to the wait before the next one: a row without end comes to rest at 61 of them. */
const WAIT_MILLISECONDS = 8

export interface Address {
  form: Recipe
  backend: BackendName | 'auto'
  /** Where CIFAR is fetched from instead of Hugging Face. */
  mirror?: string
  /** Identifier of the stage’s view, not checked. */
  stageView?: string
  /** A sentence for each part that could not be used. */
  problems: string[]
}

/** The stage’s view stands beside the recipe’s fields, behind #. */
const VIEW = 'view'

/** What the address asks for: the recipe and the stage’s view behind #, the backend behind ?backend=, a mirror of CIFAR behind ?pictures=. */
export function readAddress({ hash, search }: { hash: string; search: string }): Address {
  const fragment = new URLSearchParams(hash.replace(/^#/, ''))
  const stageView = fragment.get(VIEW) ?? undefined
  fragment.delete(VIEW)
  const { recipe, problems } = recipeOfLink(fragment.toString())
  const parameters = new URLSearchParams(search)
  const wanted = parameters.get('backend')
  const backend = BACKENDS.find((name) => name === wanted)
  if (wanted !== null && !backend && wanted !== 'auto') {
    const choices = BACKENDS.join(', ')
    problems.push(`There is no backend “${wanted.slice(0, 40)}”; choose one of ${choices}. The page chose by itself.`)
  }
  const mirror = parameters.get('pictures') ?? undefined
  const isUsable = mirror !== undefined && /^https?:/.test(mirror) && URL.canParse(mirror)
  if (mirror !== undefined && !isUsable) {
    problems.push(`There can be no pictures at “${mirror.slice(0, 40)}”; give an address that begins with https://. They come from Hugging Face.`)
  }
  return { form: recipe, backend: backend ?? 'auto', stageView, ...(isUsable && { mirror }), problems }
}

/** The hash fragment, without its #, of a recipe and a view of the stage. */
export function writeAddress(form: Recipe, stageView: string | undefined): string {
  const view = stageView === undefined ? '' : new URLSearchParams({ [VIEW]: stageView }).toString()
  return [linkOf(form), view].filter((part) => part !== '').join('&')
}

/** Keeps the address a link to the form and the view, and follows links that are pasted into it. */
export function followAddress({ store }: Playground): void {
  let written: number[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const write = () => {
    const now = performance.now()
    written = [...written.filter((moment) => now - moment < MEMORY_MILLISECONDS), now]
    const { form, stageView } = store.getState()
    const link = writeAddress(form, stageView)
    history.replaceState(null, '', link ? `#${link}` : location.pathname + location.search)
  }
  store.subscribe((state, before) => {
    if (state.form === before.form && state.stageView === before.stageView) return
    clearTimeout(timer)
    // Few changes are written at once: whoever reloads right after one finds it again.
    const rest = (written.at(-1) ?? 0) + WAIT_MILLISECONDS * written.length - performance.now()
    if (rest > 0) timer = setTimeout(write, rest)
    else write()
  })
  addEventListener('hashchange', () => {
    const { form, stageView, problems } = readAddress(location)
    store.getState().replaceForm(form)
    if (stageView !== undefined) store.getState().setStageView(stageView)
    for (const problem of problems) store.getState().notify(problem)
  })
}
