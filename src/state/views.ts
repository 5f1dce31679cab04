import { isUsedBy, type FieldName, type Recipe } from '../recipe/recipe'

/** Views that go through the student’s encoder in a step: crops, mixed pictures and rotated ones, each counted. */
export function viewsPerStep(recipe: Recipe, classCount: number): number {
  const { method, unlabelledBatch, labelledBatch, supportsPerClass, smallViews } = recipe
  const ifRead = (name: FieldName, views: number) => (isUsedBy(name, method) ? views : 0)
  const mixed = (name: 'labelledMixing' | 'unlabelledMixing') => ifRead(name, recipe[name] === 'none' ? 0 : 1)
  if (method === 's4l') return 4 * (unlabelledBatch + labelledBatch)
  return ifRead('unlabelledBatch', unlabelledBatch * (2 + smallViews + mixed('unlabelledMixing')))
    + ifRead('labelledBatch', labelledBatch * (1 + mixed('labelledMixing')))
    + ifRead('supportsPerClass', supportsPerClass * classCount)
}
