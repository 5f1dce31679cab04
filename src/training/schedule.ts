import type { Recipe } from '../recipe/recipe'

/** `from` to `to` in `steps` values, both ends included; `to` from then on. */
export function linearRamp(step: number, from: number, to: number, steps: number): number {
  if (step >= steps || steps === 1) return to
  return from + ((to - from) * step) / (steps - 1)
}

/** Half a cosine from `from` at step 0 to `to` at step `steps`. */
export function cosine(step: number, from: number, to: number, steps: number): number {
  return to + 0.5 * (from - to) * (1 + Math.cos((Math.PI * step) / steps))
}

/**
 * The recipe of one step (from 0): learning rate, teacher temperature and teacher momentum have
 * the values that their schedules give at this step; the recipe’s own are peak, end and start.
 */
export function recipeAt(step: number, recipe: Recipe): Recipe {
  const { learningRate, warmup, steps, teacherTemperature, teacherTemperatureStart, teacherTemperatureWarmup, emaMomentum } = recipe
  return {
    ...recipe,
    learningRate: step < warmup
      ? linearRamp(step, 0, learningRate, warmup)
      : cosine(step - warmup, learningRate, 0, Math.max(1, steps - warmup)),
    teacherTemperature: linearRamp(step, teacherTemperatureStart, teacherTemperature, teacherTemperatureWarmup),
    emaMomentum: cosine(step, emaMomentum, 1, steps),
  }
}
