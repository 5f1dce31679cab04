import { createLabelPool, type LabelPool } from '../data/labels'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import type { SessionClient } from '../session/client'
import type { Command, DatasetSummary, WorkerEvent } from '../session/protocol'
import { METRICS, type AssignmentSample, type Measures, type Metrics, type ProgressEvent } from '../training/events'

/** A client for tests: remembers commands, and lets the test speak as the worker. */
export interface TestSession extends SessionClient {
  readonly sent: Command[]
  sentOf<Kind extends Command['kind']>(kind: Kind): Extract<Command, { kind: Kind }>[]
  tell(...events: WorkerEvent[]): void
}

export function createTestSession(): TestSession {
  const listeners = new Set<(event: WorkerEvent) => void>()
  const sent: Command[] = []
  return {
    sent,
    sentOf: <Kind extends Command['kind']>(kind: Kind) =>
      sent.filter((command): command is Extract<Command, { kind: Kind }> => command.kind === kind),
    send: (command) => void sent.push(command),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => listeners.clear(),
    tell: (...events) => events.forEach((event) => listeners.forEach((listener) => listener(event))),
  }
}

export function training(event: ProgressEvent, runId = 1, seconds = event.step / 10): WorkerEvent {
  return { kind: 'training', runId, event, seconds, stepsPerSecond: 10, tensors: 100 }
}

/** An evaluation that found the student, all it is about, as good as this. */
export function evaluation(step: number, accuracy: number, student: Partial<Measures> = {}): ProgressEvent {
  const nothing = { classAccuracies: new Float32Array(0), confusion: new Int32Array(0) }
  return {
    type: 'evaluation', step, testAccuracy: accuracy, studentAccuracy: accuracy,
    student: { accuracy, clusterAccuracy: accuracy, ...nothing, ...student },
  }
}

export function metrics(step: number, values: Partial<Metrics> = {}, sample?: AssignmentSample): ProgressEvent {
  const zeros = Object.fromEntries(METRICS.map((name) => [name, 0])) as Metrics
  return { type: 'metrics', step, metrics: { ...zeros, ...values }, usage: Float32Array.of(0.5, 0.3, 0.2), sample }
}

/** A pool whose pictures are numbered as they lie. */
export function poolOf(classes: Uint8Array<ArrayBuffer>, classCount: number): LabelPool {
  const origins = Int32Array.from(classes, (_, position) => position)
  const ranks = Int32Array.from(classes, (_, position) => Math.floor(position / classCount))
  return createLabelPool({ classes, origins, ranks }, classCount, 1)
}

export function summaryOf(dataset: Recipe['dataset'], classNames = ['disc', 'ring', 'star']): DatasetSummary {
  const count = classNames.length
  return {
    dataset,
    name: `Pictures of ${dataset}`,
    classNames,
    choosable: classNames,
    grows: false,
    album: 1,
    pool: poolOf(Uint8Array.from({ length: 10 * count }, (_, position) => position % count), count),
    available: { train: 100, test: 50 },
    split: { train: DEFAULT_RECIPE.trainSize, labelled: 12, test: 50 },
    strip: {
      count,
      rgba: new Uint8ClampedArray(count * 32 * 32 * 4),
      labels: Uint8Array.from(classNames.keys()),
      labelled: new Uint8Array(count),
    },
  }
}
