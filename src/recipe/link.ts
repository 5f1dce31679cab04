import { DEFAULT_RECIPE, RecipeError, differences, fieldOf, isFieldName, parseRecipe, type Recipe } from './recipe'

/** Version of the link's format: raised when a field changes its meaning. */
const VERSION = '1'
/** A hostile link may hold thousands of wrong values; a person reads this many sentences. */
const MOST_PROBLEMS = 3
const DECIMAL = /^-?\d+(\.\d+)?(e-?\d+)?$/i

/** The recipe as a hash fragment without its #: only what differs from the defaults; empty when nothing does. */
export function linkOf(recipe: Recipe): string {
  const changed = differences(DEFAULT_RECIPE, recipe)
  if (changed.length === 0) return ''
  const parameters = new URLSearchParams({ v: VERSION })
  for (const name of changed) parameters.set(name, String(recipe[name]))
  return parameters.toString()
}

/**
 * Reads a link's hash fragment (with or without #). What is unknown or out of range keeps its default
 * and yields a sentence; nothing throws.
 */
export function recipeOfLink(hash: string): { recipe: Recipe; problems: string[] } {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''))
  const version = parameters.get('v') ?? VERSION
  if (version !== VERSION) {
    const problem = `The link is of version “${shorten(version)}”, which this page does not know; it starts from the defaults.`
    return { recipe: DEFAULT_RECIPE, problems: [problem] }
  }
  parameters.delete('v')
  let recipe = DEFAULT_RECIPE
  const problems: string[] = []
  for (const [key, text] of parameters) {
    try {
      recipe = parseRecipe({ [shorten(key)]: valueOf(key, text) }, recipe)
    } catch (error) {
      if (!(error instanceof RecipeError)) throw error
      problems.push(`In the link, ${lowerFirst(error.message)}`)
    }
  }
  return { recipe, problems: summarise(problems) }
}

/** A number where the field wants one and the text is one; else the text, for the schema to refuse. */
function valueOf(key: string, text: string): string | number {
  const wantsNumber = isFieldName(key) && fieldOf(key).kind === 'number'
  return wantsNumber && DECIMAL.test(text) ? Number(text) : text
}

function summarise(problems: string[]): string[] {
  const rest = problems.length - MOST_PROBLEMS
  if (rest <= 0) return problems
  return [...problems.slice(0, MOST_PROBLEMS), `The link holds ${rest} more values that the page cannot use.`]
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function lowerFirst(sentence: string): string {
  return sentence.startsWith('The ') ? `t${sentence.slice(1)}` : sentence
}
