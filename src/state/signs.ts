import type { Recipe } from '../recipe/recipe'
import type { Signs } from './diagnosis'
import type { Run } from './run'
import type { ColumnName, RunSeries } from './series'

/** Readings that one number is the mean of: a single batch is too small to judge by. */
const READINGS = 8

/** The signs of the run on show. */
export function signsOf(series: RunSeries, run: Run, form: Recipe): Signs {
  const prototypes = series.lens.usage?.length
  const greatest = prototypes ? Math.log(prototypes) : Math.log(Math.max(2, run.classNames.length))
  const share = (name: ColumnName) => {
    const mean = series.recentMean(name, READINGS)
    return mean === undefined ? undefined : mean / greatest
  }
  const { meanUsage } = series.lens
  return {
    recipe: run.recipe ?? form,
    step: run.step,
    stopped: run.diverged,
    prototypes,
    usage: share('meanPredictionEntropy'),
    balance: share('meanAssignmentEntropy'),
    softness: share('assignmentEntropy'),
    largestShare: meanUsage && Math.max(...meanUsage),
    unlabelledLoss: share('unlabelledLoss'),
    labelledLoss: share('labelledLoss'),
  }
}
