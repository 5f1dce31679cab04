import { z } from 'zod'
import { dataFields } from './data-fields'
import type { Field, MethodName } from './field'
import { measureFields } from './measure-fields'
import { methodFields } from './method-fields'
import { networkFields, optimiserFields, runFields, viewFields } from './training-fields'

/** Everything that a run depends on. The only place where a hyper-parameter is described. */
export const recipeSchema = z.strictObject({
  ...dataFields,
  ...methodFields,
  ...optimiserFields,
  ...networkFields,
  ...viewFields,
  ...runFields,
  ...measureFields,
})

export type Recipe = z.infer<typeof recipeSchema>
export type FieldName = keyof Recipe
export type Changes = Partial<Recipe>

export const FIELD_NAMES = Object.keys(recipeSchema.shape) as FieldName[]

/** The description of a field: what controls, flags and texts are derived from. */
export function fieldOf(name: FieldName): Field {
  const field = recipeSchema.shape[name].meta()?.field
  if (!field) throw new Error(`The recipe’s field ${name} has no description.`)
  return field
}

/** The field’s flag on the command line, without its dashes: `labels-per-class`. */
export function flagOf(name: FieldName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

export const DEFAULT_RECIPE = Object.fromEntries(
  FIELD_NAMES.map((name) => [name, fieldOf(name).default]),
) as Recipe

/** The fields that decide which pictures show a label, and what it says. */
export const LABEL_FIELDS = ['labelsPerClass', 'labelNoise', 'labels'] as const satisfies FieldName[]

export const LIVE_FIELDS = FIELD_NAMES.filter((name) => fieldOf(name).live)

/** Whether a method reads the field and, where a data set is named, the field counts for that. */
export function isUsedBy(name: FieldName, method: MethodName, dataset?: Recipe['dataset']): boolean {
  const { methods, datasets } = fieldOf(name)
  return (methods?.includes(method) ?? true) && (dataset === undefined || (datasets?.includes(dataset) ?? true))
}

/** Whether a run with this recipe would be another one if the field had another value. */
export function countsIn(name: FieldName, recipe: Recipe): boolean {
  return isUsedBy(name, recipe.method, recipe.dataset) && (fieldOf(name).when?.(recipe) ?? true)
}

/** Thrown when a recipe cannot be run; its message is a sentence with cause and cure. */
export class RecipeError extends Error {
  override name = 'RecipeError'
}

/**
 * Checks untrusted values (URL, CLI, message, file) and fills what is missing from `base`.
 * @throws RecipeError naming the first field that is unknown or out of range, and what it may be.
 */
export function parseRecipe(values: unknown, base: Recipe = DEFAULT_RECIPE): Recipe {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw new RecipeError('A recipe must be a set of named values.')
  }
  const unknown = Object.keys(values).find((key) => !isFieldName(key))
  if (unknown !== undefined) {
    const near = nearestField(unknown)
    throw new RecipeError(`The recipe has no field “${unknown}”${near ? `; did you mean “${near}”?` : '.'}`)
  }
  const result = recipeSchema.safeParse({ ...base, ...values })
  if (result.success) return result.data
  const name = result.error.issues[0]?.path[0] as FieldName
  throw new RecipeError(rangeSentence(name, (values as Record<string, unknown>)[name]))
}

export function isFieldName(key: string): key is FieldName {
  return Object.hasOwn(recipeSchema.shape, key)
}

/** The fields in which two recipes differ, in the schema’s order. */
export function differences(from: Recipe, to: Recipe): FieldName[] {
  return FIELD_NAMES.filter((name) => from[name] !== to[name])
}

function rangeSentence(name: FieldName, value: unknown): string {
  const field = fieldOf(name)
  const shown = typeof value === 'string' ? `“${value.slice(0, 40)}”` : String(value)
  if (field.kind === 'choice') {
    return `${name} cannot be ${shown}; choose one of ${field.options.map((option) => option.value).join(', ')}.`
  }
  if (field.kind === 'text' && field.grammar) return `${name} cannot be ${shown}; ${field.grammar.cure}`
  if (field.kind === 'text') return `${name} cannot be ${shown}; give one line of at most ${field.maximum} characters.`
  const kind = field.whole ? 'a whole number' : 'a number'
  return `${name} cannot be ${shown}; give ${kind} from ${field.minimum} to ${field.maximum}.`
}

/** The field whose name shares the longest beginning with a mistyped one. */
export function nearestField(typed: string): FieldName | undefined {
  const key = typed.toLowerCase().replace(/[^a-z0-9]/g, '')
  const shared = (name: string) => {
    const candidate = name.toLowerCase()
    let length = 0
    while (length < key.length && candidate[length] === key[length]) length++
    return length
  }
  const best = FIELD_NAMES.toSorted((a, b) => shared(b) - shared(a))[0]
  return best && shared(best) >= 4 ? best : undefined
}
