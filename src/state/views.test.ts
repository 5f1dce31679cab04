import { expect, it } from 'vitest'
import { DEFAULT_RECIPE, type Changes } from '../recipe/recipe'
import { viewsPerStep } from './views'

it.each<[Changes, number]>([
  [{ method: 'suave' }, 2 * 128 + 64],
  [{ method: 'suave', smallViews: 6, labelledMixing: 'both', unlabelledMixing: 'mixup' }, 9 * 128 + 2 * 64],
  [{ method: 'daino', smallViews: 2 }, 4 * 128 + 64],
  [{ method: 'swav', labelledMixing: 'both' }, 2 * 128],
  [{ method: 'dino', smallViews: 1 }, 3 * 128],
  [{ method: 'paws', supportsPerClass: 6, unlabelledMixing: 'both' }, 2 * 128 + 60],
  [{ method: 's4l', smallViews: 3 }, 4 * (128 + 64)],
  [{ method: 'supervised', labelledMixing: 'cutmix', smallViews: 3 }, 2 * 64],
])('a step of %j encodes %i views', (changes, views) => {
  expect(viewsPerStep({ ...DEFAULT_RECIPE, unlabelledBatch: 128, labelledBatch: 64, ...changes }, 10)).toBe(views)
})
