import { dispose, zeros } from '@tensorflow/tfjs-core'
import { connectNodeBackend } from '../compute/connect-node'
import { PICTURE_BYTES, type PictureSet, type PictureSource } from '../data/picture-set'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import type { RunControls } from '../training/trainer'
import type { TrainingEvent } from '../training/events'
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

/** A trainer that holds one tensor and tells every third step’s metrics. */
export function countSteps({ failAt = Infinity, applied = [] as { step: number; changes: object }[] } = {}) {
  return async function* (recipe: { steps: number }, _data: unknown, controls?: RunControls): AsyncGenerator<TrainingEvent, void, void> {
    const weights = zeros([4])
    try {
      for (let step = 1; step <= recipe.steps; step++) {
        const changes = controls?.takeChanges() ?? {}
        if (Object.keys(changes).length > 0) {
          applied.push({ step, changes })
          yield { type: 'applied', step: step - 1, changes }
        }
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (step === failAt) throw new Error('the loss is not a number.')
        yield step % 3 === 0 ? metricsOf(step, controls?.assignmentRows() ?? 0) : { type: 'stepped', step }
      }
      yield { type: 'finished', step: recipe.steps }
    } finally {
      dispose(weights)
    }
  }
}

function metricsOf(step: number, rows: number): TrainingEvent {
  const metrics = {
    loss: 1 / step, unlabelledLoss: 0, labelledLoss: 0, pseudoLabelAccuracy: 0,
    assignmentEntropy: 0, meanAssignmentEntropy: 0, meanPredictionEntropy: 0,
  }
  const usage = new Float32Array(2)
  if (rows === 0) return { type: 'metrics', step, metrics, usage }
  const pictures = Int32Array.from({ length: rows }, (_, row) => rows - 1 - row)
  const scores = new Float32Array(rows * 2)
  return { type: 'metrics', step, metrics, usage, sample: { pictures, prototypes: 2, assignments: scores, predictions: scores } }
}

/** Pictures of two classes, one colour each: class 0 red, class 1 green, brighter with their position. */
export function drawShapes(trainCount: number, testCount: number): PictureSource {
  return { dataset: 'shapes', classNames: ['red', 'green'], train: drawSet(trainCount), test: drawSet(testCount) }
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
export const recipe: Recipe = { ...DEFAULT_RECIPE, trainSize: 100, testSize: 50, labelsPerClass: 2, steps: 50_000 }
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
