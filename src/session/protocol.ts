import { z } from 'zod'
import { BACKENDS, type BackendReport } from '../compute/report'
import { recipeSchema, type Changes, type Recipe } from '../recipe/recipe'
import type { ProgressEvent, Snapshot } from '../training/events'
import type { Stage } from '../training/stages'

/** Pictures on show: RGBA, ready for a canvas, side by side in one row of 32×32 tiles. */
export interface PictureStrip {
  count: number
  rgba: Uint8ClampedArray
  labels: Uint8Array
  /** 1 where the learner sees the label. */
  labelled: Uint8Array
}

/** Many pictures on show: RGBA for a canvas, 32×32 tiles in rows of `columns`. */
export interface PictureSheet {
  count: number
  columns: number
  rgba: Uint8ClampedArray<ArrayBuffer>
  labels: Uint8Array
  /** 1 where the learner sees the label. */
  labelled: Uint8Array
}

/** The pictures that every snapshot of a run looks at, in its order. */
export interface Gallery {
  /** Positions within the training part. */
  positions: Int32Array
  train: PictureSheet
  test: PictureSheet
}

/** What the data panel says of the source and the split. */
export interface DatasetSummary {
  dataset: Recipe['dataset']
  /** In words: “CIFAR-10 from cifar-10-binary.tar.gz”. */
  name: string
  classNames: readonly string[]
  /** Pictures in the source that may be trained on, and its own test part. */
  available: { train: number; test: number }
  /** Of the split that the current recipe gives. */
  split: { train: number; labelled: number; test: number }
  /** Some training pictures of each class, class by class, labelled ones first. */
  strip: PictureStrip
}

export const RUN_STATUSES = ['idle', 'preparing', 'running', 'paused', 'finished'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** What a run starts from in place of random values: what the last run has learned, or a checkpoint file. */
const warmStartSchema = z.object({
  from: z.union([z.literal('run'), z.instanceof(File)]),
  /** Whether the projector goes along with the encoder. */
  projector: z.boolean(),
})
export type WarmStartRequest = z.infer<typeof warmStartSchema>

/** Page to worker. Unknown or malformed commands are answered with an `error`. */
export const commandSchema = z.discriminatedUnion('kind', [
  /** Choose and probe a backend; answered by `backend`. `auto` follows the ladder. */
  z.object({ kind: z.literal('connect'), backend: z.enum(['auto', ...BACKENDS]) }),
  /** Read dropped files and use them from the next run on; answered by `dataset` or `error`. */
  z.object({ kind: z.literal('load'), files: z.array(z.instanceof(File)), recipe: recipeSchema }),
  /** Show the split that a recipe would give; answered by `dataset` or `error`. */
  z.object({ kind: z.literal('preview'), recipe: recipeSchema }),
  /** Start a new run; `paused` prepares it and takes one step. */
  z.object({ kind: z.literal('start'), runId: z.int(), recipe: recipeSchema, paused: z.boolean(), warmStart: warmStartSchema.optional() }),
  /** Asks for what the last run has learned, under way or not; answered by `checkpoint` or `error`. */
  z.object({ kind: z.literal('save') }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('resume') }),
  z.object({ kind: z.literal('step') }),
  /** Ends the run and frees its tensors. */
  z.object({ kind: z.literal('reset') }),
  /** Live changes: the next step obeys them; answered by the training event `applied`. */
  z.object({ kind: z.literal('tune'), changes: recipeSchema.partial() }),
  /** Go on to the next gate of the step under the lens, or of the step behind it. */
  z.object({ kind: z.literal('stage') }),
  /** What is on screen: what is not costs nothing. */
  z.object({
    kind: z.literal('watch'),
    watch: z.object({ assignments: z.int().min(0).max(64), snapshot: z.boolean(), lens: z.boolean() }),
  }),
])
export type Command = z.infer<typeof commandSchema>

/** Worker to page. */
export type WorkerEvent =
  | { kind: 'backend'; report: BackendReport }
  | { kind: 'dataset'; summary: DatasetSummary }
  | { kind: 'status'; runId: number; status: RunStatus; step: number }
  | {
      kind: 'training'
      runId: number
      event: ProgressEvent
      /** The pictures of the event’s sample, in its order. */
      strip?: PictureStrip
      /** Seconds of training so far (pauses left out), and steps a second of late. */
      seconds: number
      stepsPerSecond: number
      tensors: number
    }
  /** A checkpoint file. */
  | { kind: 'checkpoint'; name: string; bytes: Uint8Array<ArrayBuffer> }
  /** Told once a run, before its first snapshot. */
  | { kind: 'gallery'; runId: number; gallery: Gallery }
  | { kind: 'snapshot'; runId: number; snapshot: Snapshot }
  /** A gate of the step that is under way; `strip` has its pictures, labelled ones first, with the first gate. */
  | { kind: 'stage'; runId: number; step: number; recipe: Recipe; stage: Stage; strip?: PictureStrip }
  /** A sentence with cause and cure. What runs goes on unless a `status` says otherwise. */
  | { kind: 'error'; about: 'backend' | 'data' | 'recipe' | 'training' | 'message'; message: string }

export type { Changes, Recipe }
