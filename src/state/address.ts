import { BACKENDS, type BackendName } from '../compute/report'
import { linkOf, recipeOfLink } from '../recipe/link'
import type { Recipe } from '../recipe/recipe'
import type { Playground } from './playground'

/** Browsers refuse an address that changes too often. */
const WRITE_MILLISECONDS = 400

export interface Address {
  form: Recipe
  backend: BackendName | 'auto'
  /** Where CIFAR is fetched from instead of Hugging Face. */
  mirror?: string
  /** A sentence for each part that could not be used. */
  problems: string[]
}

/** What the address asks for: the recipe behind #, the backend behind ?backend=, a mirror of CIFAR behind ?pictures=. */
export function readAddress({ hash, search }: { hash: string; search: string }): Address {
  const { recipe, problems } = recipeOfLink(hash)
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
  return { form: recipe, backend: backend ?? 'auto', ...(isUsable && { mirror }), problems }
}

/** Keeps the address a link to the form, and follows links that are pasted into it. */
export function followAddress({ store }: Playground): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  store.subscribe((state, before) => {
    if (state.form === before.form) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      const link = linkOf(store.getState().form)
      history.replaceState(null, '', link ? `#${link}` : location.pathname + location.search)
    }, WRITE_MILLISECONDS)
  })
  addEventListener('hashchange', () => {
    const { form, problems } = readAddress(location)
    store.getState().replaceForm(form)
    for (const problem of problems) store.getState().notify(problem)
  })
}
