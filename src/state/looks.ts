import type { Recipe } from '../recipe/recipe'
import type { Gallery, PictureStrip, WorkerEvent } from '../session/protocol'
import type { Snapshot } from '../training/events'
import type { Stage } from '../training/stages'
import { Announcer } from './announcer'

type StageEvent = Extract<WorkerEvent, { kind: 'stage' }>

/** The step under the lens, as far as it has come. */
export interface LensStep {
  step: number
  /** The recipe at that step: live changes and schedules are in its values. */
  recipe: Recipe
  stages: { readonly [Gate in Stage['gate']]?: Extract<Stage, { gate: Gate }> }
  /** The pictures of its views, labelled ones first. */
  strip?: PictureStrip
}

/**
 * What the worker last showed of the model: its gallery, the newest snapshot, and the step under the lens. Kept outside
 * React because a snapshot is a megabyte; components subscribe and read.
 */
export class Looks extends Announcer {
  gallery: Gallery | undefined
  snapshot: Snapshot | undefined
  lensStep: LensStep | undefined
  #runId: number | undefined

  /** Takes what concerns the run; the first look of a run takes the place of the run before. */
  record(runId: number, events: readonly WorkerEvent[]): void {
    let changed = false
    for (const event of events) {
      if (event.kind !== 'gallery' && event.kind !== 'snapshot' && event.kind !== 'stage') continue
      if (event.runId !== runId) continue
      if (runId !== this.#runId) this.#forget(runId)
      if (event.kind === 'gallery') this.gallery = relabelled(event.gallery, this.gallery)
      else if (event.kind === 'snapshot') this.snapshot = event.snapshot
      else this.lensStep = withStage(this.lensStep, event)
      changed = true
    }
    if (changed) this.announce()
  }

  clear(): void {
    this.#forget(undefined)
    this.announce()
  }

  #forget(runId: number | undefined): void {
    this.#runId = runId
    this.gallery = this.snapshot = this.lensStep = undefined
  }
}

/** The pictures of a run stay, whatever their labels: what is known under their positions stays too. */
function relabelled(gallery: Gallery, before: Gallery | undefined): Gallery {
  return before ? { ...gallery, positions: before.positions } : gallery
}

function withStage(before: LensStep | undefined, { step, recipe, stage, strip }: StageEvent): LensStep {
  const same = before?.step === step ? before : undefined
  return { step, recipe, strip: strip ?? same?.strip, stages: { ...same?.stages, [stage.gate]: stage } }
}
