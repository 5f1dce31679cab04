import type { StateCreator } from 'zustand'
import type { SessionClient } from '../session/client'
import { PRESETS, applyPreset } from '../recipe/presets'
import { DEFAULT_RECIPE, RecipeError, fieldOf, parseRecipe, type Changes, type FieldName, type Recipe } from '../recipe/recipe'
import type { PlaygroundState } from './playground'
import { isLiveIn } from './restart'
import type { Run } from './run'

/** A slider on its way asks for a new split this often at most. */
const PREVIEW_MILLISECONDS = 200

export interface RecipeActions {
  /** Sets a field of the form; a live one reaches the run. Returns the sentence that refuses a bad value. */
  setField(name: FieldName, value: unknown): string | undefined
  resetField(name: FieldName): void
  choosePreset(id: string): void
  /** Lays a whole recipe over the form, as a link does. */
  replaceForm(form: Recipe): void
  /** Asks for the split that the form gives. */
  preview(): void
}

/** The form: what the next run will be, and what a live change does to this one. */
export function recipeSlice(client: SessionClient): StateCreator<PlaygroundState, [], [], RecipeActions> {
  return (set, get) => {
    let timer: ReturnType<typeof setTimeout> | undefined

    /** A choice of few classes may leave too few pictures for the sizes: then these follow. */
    let fit = false

    function preview() {
      clearTimeout(timer)
      timer = setTimeout(() => {
        client.send({ kind: 'preview', recipe: get().form, ...(fit && { fit }) })
        fit = false
      }, PREVIEW_MILLISECONDS)
    }

    function change(form: Recipe) {
      const { form: before, run } = get()
      const names = (Object.keys(form) as FieldName[]).filter((name) => form[name] !== before[name])
      set(names.includes('dataset') ? { form, labelHistory: [] } : { form })
      const live = names.filter((name) => isLiveIn(run, name, form))
      if (live.length > 0) {
        client.send({ kind: 'tune', changes: Object.fromEntries(live.map((name) => [name, form[name]])) })
      }
      fit ||= names.includes('classes') && !names.includes('dataset')
      if (names.some(shapesSplit)) preview()
    }

    return {
      setField(name, value) {
        try {
          const { form, run } = get()
          change(parseRecipe({ [name]: value, ...whatGoesWith(name, value, form, run) }, form))
          return undefined
        } catch (error) {
          if (error instanceof RecipeError) return error.message
          throw error
        }
      },
      resetField: (name) => change({ ...get().form, [name]: DEFAULT_RECIPE[name] }),
      choosePreset(id) {
        const preset = PRESETS.find((candidate) => candidate.id === id)
        if (preset) change(applyPreset(preset, get().form))
      },
      replaceForm: change,
      preview,
    }
  }
}

/** Whether the split depends on the field. */
function shapesSplit(name: FieldName): boolean {
  return fieldOf(name).group === 'pictures' || name === 'seed'
}

/** Classes are chosen by name and labels edited by a picture’s number, and other pictures or labels have others. */
function whatGoesWith(name: FieldName, value: unknown, form: Recipe, { recipe }: Run): Changes {
  if (value === form[name]) return {}
  if (name === 'cifar100Labels') return { classes: '' }
  // The run under way keeps its edits; a form that comes back to its pictures shows them again.
  return name === 'dataset' ? { classes: '', labels: recipe && recipe.dataset === value ? recipe.labels : '' } : {}
}
