import { LABEL_FIELDS, type Recipe } from '../recipe/recipe'
import { checkPictures } from './check'
import { NOBODY, type RunControls, type TrainingData } from './controls'
import type { TrainingEvent } from './events'
import { Learner } from './learner'

export { NOBODY, TrainingError, type RunControls, type Save, type TrainingData } from './controls'

/**
 * Trains a recipe on the current tfjs backend, one step a pull: not pulling is pausing. Who watches
 * gets snapshots and answers between the steps, the end included, and with the lens gates within them. Ending
 * the generator early (`return`) frees everything that it holds on the device.
 * @throws TrainingError when the loss or a weight is no longer a number; the last good state can still be saved
 * @throws RecipeError when it cannot learn from these pictures
 * @throws CheckpointError when `warmStart` does not fit the recipe’s network
 */
export async function* train(
  recipe: Recipe, data: TrainingData, controls: RunControls = NOBODY,
): AsyncGenerator<TrainingEvent, void, void> {
  checkPictures(recipe, data.split, data.classCount)
  const learner = new Learner(recipe, data)
  try {
    let current = recipe
    learner.begin(data, controls)
    for (let step = 1; step <= recipe.steps; step++) {
      yield* learner.looks(step - 1, current, controls)
      const changes = controls.takeChanges()
      if (Object.keys(changes).length > 0) {
        current = { ...current, ...changes }
        if (LABEL_FIELDS.some((name) => name in changes)) learner.relabel(current)
        yield { type: 'applied', step: step - 1, changes }
      }
      yield* learner.step(step, current, controls)
      if (step % recipe.evaluateEvery === 0 || step === recipe.steps) yield* learner.evaluate(step, current, controls)
    }
    yield { type: 'finished', step: recipe.steps }
    yield* learner.looks(recipe.steps, current, controls)
  } finally {
    await learner.end()
  }
}
