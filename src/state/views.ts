import type { Recipe } from '../recipe/recipe'

/** Pictures that go through the encoder in a step, each crop counted. */
export function viewsPerStep({ method, unlabelledBatch, labelledBatch, smallViews }: Recipe): number {
  return method === 'supervised' ? labelledBatch : unlabelledBatch * (2 + smallViews) + labelledBatch
}
