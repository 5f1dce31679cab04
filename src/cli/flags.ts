import { parseArgs } from 'node:util'
import type { Field } from '../recipe/field'
import { applyPreset, PRESETS } from '../recipe/presets'
import { DEFAULT_RECIPE, FIELD_NAMES, fieldOf, flagOf, nearestField, parseRecipe, RecipeError, type FieldName, type Recipe } from '../recipe/recipe'

/** A flag of a command beside those of the recipe. */
export interface OwnFlag {
  type: 'string' | 'boolean'
  /** What `--help` says of it. */
  help: string
}

export interface CommandLine<Name extends string> {
  recipe: Recipe
  /** The fields that have a flag of their own, beside those that a preset or the default fills. */
  given: readonly FieldName[]
  own: Partial<Record<Name, string>>
  switches: ReadonlySet<Name>
}

type Values = Record<string, string | boolean | undefined>

/**
 * Reads a command line: every field of the recipe is a flag, `--preset` lays a named set of values
 * under them, and the command’s own flags come beside.
 * @throws RecipeError with one sentence when a flag is unknown or a value is out of range
 */
export function readCommandLine<Name extends string>(args: string[], own: Record<Name, OwnFlag>): CommandLine<Name> {
  const values = parsed(args, own)
  const base = presetRecipe(values.preset)
  const given = fieldsBeside(own).filter((name) => values[flagOf(name)] !== undefined)
  if (given.includes('labels')) checkEdits(String(values[flagOf('labels')]))
  const recipe = parseRecipe(
    Object.fromEntries(given.map((name) => [name, valueOf(name, String(values[flagOf(name)]))])), base,
  )
  const names = Object.keys(own) as Name[]
  return {
    recipe,
    given,
    own: Object.fromEntries(names.filter((name) => typeof values[name] === 'string').map((name) => [name, values[name]])) as
      CommandLine<Name>['own'],
    switches: new Set(names.filter((name) => values[name] === true)),
  }
}

/** The text of `--help`: the command’s own flags, then every field of the recipe with its range. */
export function helpText(usage: string, own: Record<string, OwnFlag>): string {
  const line = (flag: string, text: string) => `  --${flag.padEnd(28)} ${text}`
  const fields = fieldsBeside(own).map((name) => {
    const field = fieldOf(name)
    const users = field.methods ?? field.datasets
    return line(flagOf(name), `${field.label} (${rangeOf(field)})${users ? ` [${users.join(', ')}]` : ''}`)
  })
  return [
    usage, '',
    ...Object.entries(own).map(([flag, { help }]) => line(flag, help)),
    line('preset', `Starting values: ${PRESETS.map(({ id }) => id).join(' | ')}`),
    '', 'The recipe (range; default):', ...fields,
  ].join('\n')
}

/** A bare number gives one picture a label by hand, and whoever types one means how many. @throws RecipeError then */
function checkEdits(labels: string): void {
  if (!/^\d+$/.test(labels)) return
  throw new RecipeError(
    `--labels ${labels} would give one picture a label by hand: for so many labels of each class give --labels-per-class ${labels}, `
    + `and if the picture is meant, --labels ${labels}*1.`,
  )
}

/** The fields that are flags: a command’s own flag takes the place of a field’s of the same name. */
function fieldsBeside(own: Record<string, OwnFlag>): FieldName[] {
  return FIELD_NAMES.filter((name) => !Object.hasOwn(own, flagOf(name)))
}

function rangeOf(field: Field): string {
  switch (field.kind) {
    case 'choice': return `${field.options.map((option) => option.value).join(' | ')}; ${field.default}`
    case 'number': return `${field.minimum} … ${field.maximum}${field.unit ? ` ${field.unit}` : ''}; ${field.default}`
    case 'text': return `text; ${field.default || field.empty}`
  }
}

function parsed(args: string[], own: Record<string, OwnFlag>): Values {
  const options = Object.fromEntries([
    ...FIELD_NAMES.map((name) => [flagOf(name), { type: 'string' as const }]),
    ['preset', { type: 'string' as const }],
    ...Object.entries(own).map(([flag, { type }]) => [flag, { type }]),
  ])
  try {
    return parseArgs({ args: withNegatives(args), options }).values as Values
  } catch (error) {
    throw new RecipeError(`${complaint((error as Error).message)} “--help” lists every flag.`)
  }
}

/** A number below zero belongs to the flag before it, although it begins as a flag does. */
function withNegatives(args: string[]): string[] {
  return args.reduce<string[]>((joined, arg) => {
    const flag = joined.at(-1)
    return flag?.startsWith('--') && /^-\.?\d/.test(arg) ? [...joined.slice(0, -1), `${flag}=${arg}`] : [...joined, arg]
  }, [])
}

/** The first sentence of what Node says about the flags, with the flag that was perhaps meant. */
function complaint(message: string): string {
  const unknown = /^Unknown option '--([^']*)'/.exec(message)?.[1]
  const near = unknown === undefined ? undefined : nearestField(unknown)
  return near ? `There is no flag --${unknown}; did you mean --${flagOf(near)}?` : `${message.split(/\.(?:\s|$)/)[0]}.`
}

function presetRecipe(id: unknown): Recipe {
  if (id === undefined) return DEFAULT_RECIPE
  const preset = PRESETS.find((candidate) => candidate.id === id)
  if (!preset) throw new RecipeError(`There is no preset “${String(id)}”; choose one of ${PRESETS.map((p) => p.id).join(', ')}.`)
  return applyPreset(preset, DEFAULT_RECIPE)
}

/** A number where the field has one; what is none stays as it was typed, for the sentence that refuses it. */
export function valueOf(name: FieldName, text: string): unknown {
  const value = Number(text)
  return fieldOf(name).kind !== 'number' || text.trim() === '' || Number.isNaN(value) ? text : value
}
