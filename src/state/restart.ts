import { fieldOf, differences, isUsedBy, type FieldName, type Recipe } from '../recipe/recipe'
import { haveSameSource } from './label-edits'
import type { Run } from './run'

/** Whether a change of the field reaches the run without a restart. Edits of labels do if they are about the run’s pictures. */
export function isLiveIn({ status, recipe }: Run, name: FieldName, form: Recipe): boolean {
  const goesOn = status !== 'idle' && status !== 'finished'
  if (!goesOn || !recipe || (name === 'labels' && !haveSameSource(form, recipe))) return false
  return fieldOf(name).live === true && isUsedBy(name, recipe.method)
}

/** The fields of the form that the run under way ignores until it is restarted. */
export function awaitingRestart(form: Recipe, run: Run): FieldName[] {
  const { recipe } = run
  if (!recipe || run.status === 'idle' || run.status === 'finished') return []
  return differences(recipe, form).filter((name) => isUsedBy(name, form.method, form.dataset) && !isLiveIn(run, name, form))
}
