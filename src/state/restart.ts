import { countsIn, differences, fieldOf, LIVE_FIELDS, type FieldName, type Recipe } from '../recipe/recipe'
import { haveSameSource } from './label-edits'
import { isUnderWay, type Run } from './run'

/** Whether a change of the field reaches the run without a restart. Edits of labels do if they are about the run’s pictures. */
export function isLiveIn(run: Run, name: FieldName, form: Recipe): boolean {
  const { recipe } = run
  if (!isUnderWay(run) || !recipe || (name === 'labels' && !haveSameSource(form, recipe))) return false
  const now: Recipe = { ...recipe, ...Object.fromEntries(LIVE_FIELDS.map((live) => [live, form[live]])) }
  return fieldOf(name).live === true && countsIn(name, now)
}

/** The fields of the form that the run under way ignores until it is restarted. */
export function awaitingRestart(form: Recipe, run: Run): FieldName[] {
  const { recipe } = run
  if (!recipe || !isUnderWay(run)) return []
  return differences(recipe, form).filter((name) => countsIn(name, form) && !isLiveIn(run, name, form))
}

/** The fields in which the form has left a run that is over: the numbers on show are not theirs. */
export function changedSince(form: Recipe, run: Run): FieldName[] {
  const { recipe, step } = run
  if (!recipe || step === 0 || isUnderWay(run)) return []
  return differences(recipe, form).filter((name) => countsIn(name, form))
}
