import { dispose, zeros } from '@tensorflow/tfjs-core'
import { connectNodeBackend } from '../compute/connect-node'
import { PICTURE_BYTES, type PictureSet, type PictureSource } from '../data/picture-set'
import type { ShapesRequest } from '../data/shapes'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import type { Stage } from '../training/stages'
import type { RunControls } from '../training/trainer'
import { METRICS, type Answers, type Metrics, type Snapshot, type TrainingEvent, type Watch } from '../training/events'
import type { Command, RunStatus, WorkerEvent } from './protocol'
import { Session, type SessionEnvironment } from './session'
import { Shelf } from './shelf'

const sessions: Session[] = []

/** Ends the runs of all rehearsals, which share one tfjs. */
export async function endRehearsals(): Promise<void> {
  for (const session of sessions.splice(0)) session.handle({ kind: 'reset' })
  await new Promise((resolve) => setTimeout(resolve, 20))
}

/** For tests: a session in Node on the CPU backend whose trainer counts steps instead of learning. */
export function rehearse(changes: Partial<SessionEnvironment> = {}) {
  const heard: WorkerEvent[] = []
  const transferred: Transferable[] = []
  const posts: WorkerEvent[][] = []
  let onPost = () => {}
  const session = new Session(
    (events, transfers) => {
      posts.push(events)
      heard.push(...events)
      transferred.push(...transfers)
      onPost()
    },
    {
      connect: () => connectNodeBackend('cpu'),
      train: countSteps(),
      decode: () => Promise.reject(new Error('no decoder in this rehearsal')),
      shelf: new Shelf(() => Promise.reject(new Error('no disk in this rehearsal'))),
      readFiles: () => Promise.reject(new Error('no files in this rehearsal')),
      drawShapes,
      ...changes,
    },
  )
  sessions.push(session)
  /** Waits for an event, from the beginning or behind those already heard. */
  async function hear<Found extends WorkerEvent>(wanted: (event: WorkerEvent) => event is Found, from = 0): Promise<Found> {
    for (;;) {
      const found = heard.slice(from).find(wanted)
      if (found) return found
      await new Promise<void>((resolve) => (onPost = resolve))
    }
  }
  return { session, heard, posts, transferred, hear }
}

/** A trainer that holds one tensor, tells every third step’s metrics, and each 20 steps what it answers to the test pictures. */
export function countSteps({ failAt = Infinity, applied = [] as { step: number; changes: object }[] } = {}) {
  return async function* (recipe: { steps: number }, _data: unknown, controls?: RunControls): AsyncGenerator<TrainingEvent, void, void> {
    const weights = zeros([4])
    try {
      for (let step = 1; step <= recipe.steps; step++) {
        if (controls?.watched().snapshot) yield { type: 'snapshot', step: step - 1, snapshot: snapshotAt(step - 1) }
        if (controls?.watched().answers) yield { type: 'answers', step: step - 1, answers: answersAt(step - 1) }
        const changes = controls?.takeChanges() ?? {}
        if (Object.keys(changes).length > 0) {
          applied.push({ step, changes })
          yield { type: 'applied', step: step - 1, changes }
        }
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (controls?.watched().lens) yield { type: 'stage', step, recipe: DEFAULT_RECIPE, stage: viewsStage() }
        if (step === failAt) throw new Error('the loss is not a number.')
        yield step % 3 === 0 ? metricsOf(step, controls?.watched().assignments ?? 0) : { type: 'stepped', step }
        if (step % 20 === 0 && controls?.keepsAnswers) yield { type: 'answers', step, answers: answersAt(step) }
      }
      yield { type: 'finished', step: recipe.steps }
      if (controls?.watched().snapshot) yield { type: 'snapshot', step: recipe.steps, snapshot: snapshotAt(recipe.steps) }
    } finally {
      dispose(weights)
    }
  }
}

function metricsOf(step: number, rows: number): TrainingEvent {
  const metrics = { ...Object.fromEntries(METRICS.map((name) => [name, 0])) as Metrics, loss: 1 / step }
  const usage = new Float32Array(2)
  if (rows === 0) return { type: 'metrics', step, metrics, usage }
  const pictures = Int32Array.from({ length: rows }, (_, row) => rows - 1 - row)
  const scores = new Float32Array(rows * 2)
  return { type: 'metrics', step, metrics, usage, sample: { pictures, prototypes: 2, assignments: scores, predictions: scores } }
}

function snapshotAt(step: number): Snapshot {
  const [none, rgba] = [new Float32Array(0), new Uint8ClampedArray(0)]
  return {
    step, recipe, prototypes: 2, featureSize: 4, features: new Float32Array(400), scores: new Float32Array(200), prototypeRows: none,
    test: { scores: none }, pairs: { pictures: new Int32Array(0), rgba, features: none, scores: none },
  }
}

/** Picture p is called p % 2. */
function answersAt(step: number): Answers {
  const ranking = Uint16Array.from({ length: 100 }, (_, i) => (Math.floor(i / 2) + i) % 2)
  return {
    step, prototypes: 2, ranks: 2, ranking, probabilities: new Float32Array(100).fill(0.5),
    fixed: new Float32Array(48).fill(0.5), bestNaming: Int32Array.of(0, 1),
  }
}

function viewsStage(): Stage {
  return {
    gate: 'views', labelled: Int32Array.of(1), unlabelled: Int32Array.of(0, 2),
    pixels: { labelled: new Uint8ClampedArray(32 * 32 * 4) }, smallViews: 0, smallSide: 0,
  }
}

/** Pictures of two classes, one colour each: class 0 red, class 1 green, brighter with their position. */
export function drawShapes({ trainSize, testSize }: Pick<ShapesRequest, 'trainSize' | 'testSize'>): PictureSource {
  return { dataset: 'shapes', classNames: ['red', 'green'], train: drawSet(trainSize), test: drawSet(testSize) }
}

function drawSet(count: number): PictureSet {
  const pixels = new Uint8Array(count * PICTURE_BYTES)
  const labels = Uint8Array.from({ length: count }, (_, picture) => picture % 2)
  labels.forEach((label, picture) => {
    const at = picture * PICTURE_BYTES
    for (let pixel = label; pixel < PICTURE_BYTES; pixel += 3) pixels[at + pixel] = 100 + (picture % 100)
  })
  return { pixels, labels }
}

/** The events of one kind. */
export type EventOf<Kind extends WorkerEvent['kind']> = Extract<WorkerEvent, { kind: Kind }>

/** A small split, and more steps than a test waits for. */
export const recipe: Recipe = { ...DEFAULT_RECIPE, trainSize: 100, testSize: 50, labelsPerClass: 2, unlabelledBatch: 32, steps: 50_000 }
export const start = (runId: number, changes: Partial<Recipe> = {}, paused = false): Command =>
  ({ kind: 'start', runId, recipe: { ...recipe, ...changes }, paused })

export const isStatus = (runId: number, status: RunStatus) => (event: WorkerEvent): event is EventOf<'status'> =>
  event.kind === 'status' && event.runId === runId && event.status === status
export const isStep = (runId: number, step: number) => (event: WorkerEvent): event is EventOf<'training'> =>
  event.kind === 'training' && event.runId === runId && event.event.step >= step
export const isError = (event: WorkerEvent): event is EventOf<'error'> => event.kind === 'error'
export const isBackend = (event: WorkerEvent): event is EventOf<'backend'> => event.kind === 'backend'
export const isDataset = (event: WorkerEvent): event is EventOf<'dataset'> => event.kind === 'dataset'
export const turns = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
export const watching = (watch: Partial<Watch>): Command =>
  ({ kind: 'watch', watch: { assignments: 0, snapshot: false, answers: false, lens: false, ...watch } })
export const isSnapshot = (step: number) => (event: WorkerEvent): event is EventOf<'snapshot'> =>
  event.kind === 'snapshot' && event.snapshot.step >= step
