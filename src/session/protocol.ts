import { z } from 'zod'
import { BACKENDS, type BackendReport } from '../compute/report'
import { recipeSchema, type Changes, type Recipe } from '../recipe/recipe'
import type { TrainingEvent } from '../training/events'

/** Pictures on show: RGBA, ready for a canvas, side by side in one row of 32×32 tiles. */
export interface PictureStrip {
  count: number
  rgba: Uint8ClampedArray
  labels: Uint8Array
  /** 1 where the learner sees the label. */
  labelled: Uint8Array
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
  /** How many rows of the heat map are on screen; 0 when it is hidden. */
  z.object({ kind: z.literal('watch'), assignments: z.int().min(0).max(64) }),
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
      event: TrainingEvent
      /** The pictures of the event’s sample, in its order. */
      strip?: PictureStrip
      /** Seconds of training so far (pauses left out), and steps a second of late. */
      seconds: number
      stepsPerSecond: number
      tensors: number
    }
  /** A checkpoint file. */
  | { kind: 'checkpoint'; name: string; bytes: Uint8Array<ArrayBuffer> }
  /** A sentence with cause and cure. What runs goes on unless a `status` says otherwise. */
  | { kind: 'error'; about: 'backend' | 'data' | 'recipe' | 'training' | 'message'; message: string }

export type { Changes, Recipe }
