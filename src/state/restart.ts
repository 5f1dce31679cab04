import { fieldOf, differences, isUsedBy, type FieldName, type Recipe } from '../recipe/recipe'
import type { Run } from './run'

/** Whether a change of the field reaches the run without a restart. */
export function isLiveIn(run: Run, name: FieldName): boolean {
  const goesOn = run.status !== 'idle' && run.status !== 'finished'
  return goesOn && run.recipe !== undefined && fieldOf(name).live === true && isUsedBy(name, run.recipe.method)
}

/** The fields of the form that the run under way ignores until it is restarted. */
export function awaitingRestart(form: Recipe, run: Run): FieldName[] {
  const { recipe } = run
  if (!recipe || run.status === 'idle' || run.status === 'finished') return []
  return differences(recipe, form).filter((name) => isUsedBy(name, form.method, form.dataset) && !isLiveIn(run, name))
}
