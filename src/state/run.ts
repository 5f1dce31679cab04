import { FIELD_NAMES, type FieldName, type Recipe } from '../recipe/recipe'
import type { ErrorEvent, RunStatus, WorkerEvent } from '../session/protocol'
import type { Evaluation, TrainingEvent } from '../training/events'

/** A live change, as the charts mark it. */
export interface Mark {
  /** The last step before it, in the run's count. */
  step: number
  name: FieldName
  from: Recipe[FieldName]
  to: Recipe[FieldName]
  /** Seconds of training at its last movement. */
  seconds: number
}

/** What happened to the run itself, as the charts mark it. */
export interface Moment {
  step: number
  kind: 'pause' | 'event'
  /** A word or two: “paused”, “stopped”, “backend lost”. */
  text: string
}

export interface Run {
  runId: number
  status: RunStatus
  /** What trains, live changes included; absent before the first run and after a reset. */
  recipe?: Recipe
  /** Names of the first prototypes. */
  classNames: readonly string[]
  step: number
  seconds: number
  stepsPerSecond: number
  evaluation?: Evaluation
  bestTestAccuracy?: number
  marks: readonly Mark[]
  moments: readonly Moment[]
  /** It stopped because the loss or a weight was no longer a number. */
  diverged?: boolean
}

export const NO_RUN: Run = {
  runId: 0, status: 'idle', classNames: [], step: 0, seconds: 0, stepsPerSecond: 0, marks: [], moments: [],
}

/** Whether it trains, stands still or is being prepared: it has not come to its end. */
export function isUnderWay({ status }: Run): boolean {
  return status !== 'idle' && status !== 'finished'
}

/** Movements of one slider that are closer than this, in seconds of training, are one change. */
const ONE_GESTURE_SECONDS = 1

/** The run after an event of the worker. Events of an earlier run change nothing. */
export function foldRun(run: Run, event: WorkerEvent): Run {
  switch (event.kind) {
    case 'dataset':
      return run.classNames.length === 0 && event.summary.dataset === run.recipe?.dataset ? { ...run, classNames: event.summary.classNames } : run
    case 'status':
      return event.runId === run.runId ? foldStatus(run, event) : run
    case 'error':
      return event.runId === run.runId && isUnderWay(run) ? foldStop(run, event) : run
    case 'training': {
      if (event.runId !== run.runId || !run.recipe) return run
      const { seconds, stepsPerSecond } = event
      return foldTraining({ ...run, seconds, stepsPerSecond, step: event.event.step }, event.event)
    }
    default:
      return run
  }
}

/** Single steps of a paused run are no new pauses. */
function foldStatus(run: Run, { status, step, classNames }: Extract<WorkerEvent, { kind: 'status' }>): Run {
  const paused = run.status === 'running' && status === 'paused'
  const moments = paused ? [...run.moments, { step, kind: 'pause', text: 'paused' } as const] : run.moments
  return { ...run, status, step, moments, classNames: classNames ?? run.classNames }
}

function foldStop(run: Run, { code }: ErrorEvent): Run {
  const text = code === 'backend lost' ? 'backend lost' : 'stopped'
  return { ...run, moments: [...run.moments, { step: run.step, kind: 'event', text }], diverged: code === 'diverged' }
}

function foldTraining(run: Run, event: TrainingEvent): Run {
  switch (event.type) {
    case 'applied':
      return applyChanges(run, event)
    case 'evaluation':
      return {
        ...run,
        evaluation: event,
        bestTestAccuracy: Math.max(run.bestTestAccuracy ?? 0, event.testAccuracy),
      }
    default:
      return run
  }
}

function applyChanges(run: Run, { step, changes }: Extract<TrainingEvent, { type: 'applied' }>): Run {
  const { recipe } = run
  if (!recipe) return run
  let marks = run.marks
  for (const name of FIELD_NAMES) {
    const to = changes[name]
    if (to === undefined || to === recipe[name]) continue
    marks = addMark(marks, { step, name, from: recipe[name], to, seconds: run.seconds })
  }
  return { ...run, recipe: { ...recipe, ...changes }, marks }
}

/** A slider on its way is one mark, from where it started to where it is. */
function addMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  const last = marks.at(-1)
  if (last?.name !== mark.name || mark.seconds - last.seconds > ONE_GESTURE_SECONDS) return [...marks, mark]
  return [...marks.slice(0, -1), { ...last, to: mark.to, seconds: mark.seconds }]
}
