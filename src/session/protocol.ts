import { z } from 'zod'
import { BACKENDS, type BackendName, type BackendReport } from '../compute/report'
import type { Families } from '../data/families'
import type { LabelPool } from '../data/labels'
import { recipeSchema, type Changes, type Recipe } from '../recipe/recipe'
import type { Answers, ProgressEvent, Snapshot } from '../training/events'
import type { Stage } from '../training/stages'
import type { ViewPreview } from '../training/view-preview'
import type { Wanted } from './connection'
import type { KeptSet } from './shelf'

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
  /** What their labels say, right or wrong, where they have one. */
  taught: Uint8Array
  train: PictureSheet
  test: PictureSheet
}

/** The test pictures of a run, of which its answers speak. */
export interface TestPart {
  /** True classes. */
  labels: Uint8Array
  /** Positions of the gallery’s fixed test pictures. */
  fixed: Int32Array
  /** The families of the classes, where the pictures tell. */
  families?: Families
}

/** How probable the true classes of the fixed test pictures were, under the naming that counts for the method. */
export interface AnswerHistory {
  steps: number[]
  /** [steps, fixed pictures] */
  truth: Float32Array
}

/** What the data panel says of the source and the split. */
export interface DatasetSummary {
  dataset: Recipe['dataset']
  /** In words: “CIFAR-10 from cifar-10-binary.tar.gz”. */
  name: string
  classNames: readonly string[]
  /** All classes of the source, of which the recipe may choose some. */
  choosable: readonly string[]
  /** Whether more of the source can be fetched. */
  grows: boolean
  /** Pictures in the source that may be trained on, and its own test part. */
  available: { train: number; test: number }
  /** Number of these training pictures: it changes when they do, and not with their labels. */
  album: number
  /** What decides over the labels of the training pictures, in the order of their positions. */
  pool: LabelPool
  /** Of the split that the current recipe gives. */
  split: { train: number; labelled: number; test: number }
  /** Some training pictures of each class, class by class, labelled ones first. */
  strip: PictureStrip
}

/** Pictures that may be asked for at once. */
export const MOST_TILES = 1_024

export const RUN_STATUSES = ['idle', 'preparing', 'running', 'paused', 'finished'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** What a run starts from in place of random values: what the last run has learned, or a checkpoint file. */
const warmStartSchema = z.object({
  from: z.union([z.literal('run'), z.instanceof(File)]),
  /** Whether the projector goes along with the encoder. */
  projector: z.boolean(),
})
export type WarmStartRequest = z.infer<typeof warmStartSchema>
/** Pictures on their way. */
export interface Gathering {
  from: 'hugging-face' | 'files'
  dataset?: Recipe['dataset']
  /** Bytes that came over the network in this visit. */
  bytes: number
  /** Pictures that are here. */
  pictures: number
  /** Training pictures, equally many of each class, that a run can have by now. */
  usable?: number
  /** As many are to come, where that is known. */
  wanted?: number
  /** All are here and are being written to disk. */
  isKeeping?: boolean
}

/** A file and the folders in which it lies. */
const pathFile = z.object({ path: z.string(), file: z.instanceof(File) })

/** Page to worker. Unknown or malformed commands are answered with an `error`. */
export const commandSchema = z.discriminatedUnion('kind', [
  /** Choose and probe a backend; answered by `backend`. `auto` follows the ladder. */
  z.object({ kind: z.literal('connect'), backend: z.enum(['auto', ...BACKENDS]) }),
  /** Some of the files of the `load` that follows: many at once would hold the page up. */
  z.object({ kind: z.literal('hand'), files: z.array(pathFile) }),
  /** Read files (those handed before, and these) and use them from the next run on; answered by `dataset` or `error`. */
  z.object({ kind: z.literal('load'), files: z.array(pathFile), recipe: recipeSchema }),
  /** Fetch what the recipe lacks of its CIFAR; answered by `gathering`, then `dataset` or `error`. */
  z.object({ kind: z.literal('fetch'), recipe: recipeSchema, base: z.url({ protocol: /^https?$/ }).optional() }),
  /** Stop fetching or reading, and forget what was handed for a load to come; the pictures that have come stay. */
  z.object({ kind: z.literal('cancel') }),
  /** Delete a kept set; answered by `kept`, as is an empty wish to know what is kept. */
  z.object({ kind: z.literal('forget'), dataset: z.enum(['cifar10', 'cifar100', 'own']).optional() }),
  /** Show the split that a recipe would give, with sizes lowered to `fit` its classes; answered by `dataset` or `error`. */
  z.object({ kind: z.literal('preview'), recipe: recipeSchema, fit: z.boolean().optional() }),
  /** Send pictures of an album; answered by `tiles`, or not at all when the album is another one by now. */
  z.object({ kind: z.literal('tiles'), album: z.int(), positions: z.array(z.int().min(0)).max(MOST_TILES) }),
  /** Send test pictures of a run; answered by `testTiles`, or not at all when it is another run by now. */
  z.object({ kind: z.literal('testTiles'), runId: z.int(), positions: z.array(z.int().min(0)).max(MOST_TILES) }),
  /** Cut a picture of an album into views; answered by `views`. Of several that wait the last one counts. */
  z.object({ kind: z.literal('previewViews'), album: z.int(), position: z.int().min(0), recipe: recipeSchema, throwOf: z.int() }),
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
    watch: z.object({ assignments: z.int().min(0).max(64), snapshot: z.boolean(), answers: z.boolean(), lens: z.boolean() }),
  }),
])
export type Command = z.infer<typeof commandSchema>

/** A sentence with cause and cure. What runs goes on, unless it is the run that is named. */
export interface ErrorEvent {
  kind: 'error'
  about: 'backend' | 'data' | 'recipe' | 'training' | 'message'
  message: string
  /** The run that it has stopped. */
  runId?: number
  /** The data set whose pictures cannot be had. */
  dataset?: Recipe['dataset']
  /** What has happened, where the page does more about it than to say the sentence. A worker that is gone has no other in its place. */
  code?: 'diverged' | 'not fetched' | 'backend lost' | 'worker renewed' | 'worker gone'
}

/** Worker to page. */
export type WorkerEvent =
  /** What trains, the choice that led to it, and what the automatic choice comes to, where that is known. */
  | { kind: 'backend'; report: BackendReport; wanted: Wanted; automatic?: BackendName }
  /** Pictures to show. `adopt` is what the form takes over when they have just come. */
  | { kind: 'dataset'; summary: DatasetSummary; adopt?: Changes }
  /** RGBA of pictures, tile after tile. */
  | { kind: 'tiles'; album: number; positions: readonly number[]; rgba: Uint8ClampedArray<ArrayBuffer> }
  | { kind: 'testTiles'; runId: number; positions: readonly number[]; rgba: Uint8ClampedArray<ArrayBuffer> }
  | { kind: 'views'; album: number; position: number; views: ViewPreview }
  /** Pictures on their way; without a progress, none are any longer. */
  | { kind: 'gathering'; progress?: Gathering }
  /** The sets on the person’s disk. */
  | { kind: 'kept'; sets: KeptSet[] }
  /** A sentence to know, of something that went well. */
  | { kind: 'note'; message: string }
  /** `classNames`, once they are known: the classes that the run learns. */
  | { kind: 'status'; runId: number; status: RunStatus; step: number; classNames?: readonly string[] }
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
  /** Told once a run, before its first answers. */
  | { kind: 'testPart'; runId: number; part: TestPart }
  | { kind: 'answers'; runId: number; answers: Answers; history: AnswerHistory }
  /** A gate of the step that is under way; `strip` has its pictures, labelled ones first, with the first gate. */
  | { kind: 'stage'; runId: number; step: number; recipe: Recipe; stage: Stage; strip?: PictureStrip }
  | ErrorEvent

export type { Changes, KeptSet, Recipe }
