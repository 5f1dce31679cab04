import type { StateCreator } from 'zustand'
import { CLUSTERING } from '../recipe/field'
import { hasPrototypes } from '../recipe/naming'
import type { Recipe } from '../recipe/recipe'
import type { Stage } from '../training/stages'
import type { Looks } from './looks'
import type { PlaygroundState } from './playground'

/** The parts of a step as a learner sees them, in their order, and the gate of the loop that shows each. */
export const LENS_STAGES = {
  augment: 'views', encode: 'forward', score: 'forward', assign: 'forward', compare: 'forward', step: 'change', average: 'average',
} as const satisfies Record<string, Stage['gate']>
export type LensStage = keyof typeof LENS_STAGES

/** Whether a slow copy of the student makes the targets. */
export function hasTeacher({ method, targetNetwork }: Pick<Recipe, 'method' | 'targetNetwork'>): boolean {
  if (!isClustering(method)) return false
  return targetNetwork === 'own' ? method === 'daino' || method === 'dino' : targetNetwork === 'teacher'
}

/** The stages that a step of the recipe has: without assignments there is nothing to assign, without a teacher nothing to average. */
export function lensStagesOf(recipe: Pick<Recipe, 'method' | 'targetNetwork'>): LensStage[] {
  const assigns = isClustering(recipe.method)
  const scores = hasPrototypes(recipe.method)
  const averages = hasTeacher(recipe)
  return (Object.keys(LENS_STAGES) as LensStage[]).filter((stage) =>
    (stage !== 'assign' || assigns) && (stage !== 'average' || averages) && ((stage !== 'score' && stage !== 'compare') || scores))
}

/** Whether the method assigns unlabelled pictures to prototypes. */
export function isClustering(method: Recipe['method']): boolean {
  return CLUSTERING.some((name) => name === method)
}

export interface LensSlice {
  lensStage: LensStage
  /** The step goes on by itself, stage by stage. */
  slowMotion: boolean
  showLensStage(stage: LensStage): void
  /** The next stage of the step under the lens; the worker goes on when it has not come so far. */
  nextLensStage(): void
  setSlowMotion(slow: boolean): void
}

export function lensSlice(looks: Looks): StateCreator<PlaygroundState, [], [], LensSlice> {
  return (set, get) => ({
    lensStage: 'augment',
    slowMotion: false,
    showLensStage: (lensStage) => set({ lensStage }),
    nextLensStage() {
      const { lensStage, run, form, stage } = get()
      const order = lensStagesOf(run.recipe ?? form)
      const { lensStep } = looks
      const stale = !lensStep || lensStep.step < run.step
      const next = stale ? undefined : order[order.indexOf(lensStage) + 1]
      set({ lensStage: next ?? 'augment' })
      if (!next || !lensStep?.stages[LENS_STAGES[next]]) stage()
    },
    setSlowMotion: (slowMotion) => set({ slowMotion }),
  })
}
