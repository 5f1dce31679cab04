import type { BackendName, BackendReport } from '../compute/report'
import type { Changes, Recipe } from '../recipe/recipe'
import type { Wanted } from '../session/connection'
import type { DatasetSummary, ErrorEvent, Gathering, KeptSet, WorkerEvent } from '../session/protocol'
import { foldNotices, statusSentence, withoutNotice, type Notices } from './notices'
import { foldRun, type Run } from './run'

/** What the worker’s events change on the page. */
export interface SessionState {
  form: Recipe
  run: Run
  /** The run that was on show when `run` was asked for: the page goes back to it if `run` ends before its first step. */
  former?: Run
  /** What the worker can save and start from is of this recipe: that of the last run that took a step. */
  learned?: Recipe
  /** The backend that trains, once it is probed. */
  backend?: BackendReport
  /** The choice that led to it. */
  wantedBackend?: Wanted
  /** What the automatic choice comes to, where that is known. */
  automaticBackend?: BackendName
  /** Why the backend is gone. The next start looks for one anew. */
  backendLost?: string
  /** Why no backend trains, when none does. */
  backendProblem?: string
  dataset?: DatasetSummary
  /** Why the form’s pictures are not there, when they are not. */
  dataProblem?: string
  /** Pictures on their way. */
  gathering?: Gathering
  /** The data set that could not be fetched, until something else comes. */
  unfetched?: Recipe['dataset']
  /** Training pictures that were asked for, where a run began with those that were here by then. */
  lowered?: { from: number; to: number }
  /** The sets on the person’s disk. */
  kept: readonly KeptSet[]
  /** What the form’s edits of labels were before each change by hand, oldest first. */
  labelHistory: readonly string[]
  notices: Notices
}

/** The state after an event of the worker: pure, so that a list of events can be replayed. */
export function foldEvent(state: SessionState, event: WorkerEvent): SessionState {
  const { run, former } = foldRuns(state, event)
  const learned = isStepOf(run, event) ? run.recipe : state.learned
  const notices = foldNotices(state.notices, event)
  const sentence = statusSentence(state.run, run, event)
  const next = { ...state, run, former, learned, notices: sentence ? { ...notices, announcement: sentence } : notices }
  switch (event.kind) {
    case 'backend':
      return {
        ...next, backend: event.report, wantedBackend: event.wanted, automaticBackend: event.automatic,
        backendProblem: undefined, backendLost: undefined,
      }
    case 'dataset':
      return {
        ...next, ...adopted(next, event.adopt), dataset: event.summary, dataProblem: undefined,
        notices: withoutNotice(next.notices, next.dataProblem),
      }
    case 'gathering':
      return foldGathering(next, event.progress)
    case 'kept':
      return foldKept(next, event.sets)
    case 'error':
      return foldError(next, event)
    default:
      return next
  }
}

/** Both runs are followed, until the new one takes its first step; one that ends before leaves the page to the former. */
function foldRuns(state: SessionState, event: WorkerEvent): Pick<SessionState, 'run' | 'former'> {
  const run = foldRun(state.run, event)
  const former = state.former && foldRun(state.former, event)
  if (former && run.step === 0 && run.status === 'idle') return { run: former }
  return { run, former: run.step > 0 ? undefined : former }
}

function isStepOf({ runId }: Run, event: WorkerEvent): boolean {
  return event.kind === 'training' && event.runId === runId && event.event.step > 0
}

/** A set on show that was deleted is not here any more, as far as the page knows. */
function foldKept(state: SessionState, kept: readonly KeptSet[]): SessionState {
  const has = (sets: readonly KeptSet[]) => sets.some(({ dataset }) => dataset === state.dataset?.dataset)
  return { ...state, kept, dataset: has(state.kept) && !has(kept) ? undefined : state.dataset }
}

function foldError(state: SessionState, { about, message, dataset, code }: ErrorEvent): SessionState {
  switch (code) {
    case 'not fetched': return { ...state, unfetched: dataset }
    case 'backend lost': return { ...state, backend: undefined, backendLost: message }
    case 'worker renewed': return { ...state, backend: undefined, learned: undefined, dataset: undefined }
    case 'worker gone': return { ...state, backend: undefined, learned: undefined, backendProblem: message }
  }
  if (about === 'backend') return { ...state, backendProblem: message }
  return about === 'data' && dataset === state.form.dataset ? { ...state, dataProblem: message } : state
}

/**
 * The form moves to pictures that have just come, unless they were fetched and the person has chosen others meanwhile.
 * Edits of labels name pictures by number: those of others are forgotten.
 */
function adopted({ form, dataset, gathering, labelHistory }: SessionState, adopt: Changes | undefined): Pick<SessionState, 'form' | 'labelHistory'> {
  if (gathering?.from === 'hugging-face' && form.dataset !== adopt?.dataset) return { form, labelHistory }
  const isAwaited = form.dataset === adopt?.dataset && dataset?.dataset !== adopt.dataset
  if (!adopt || isAwaited) return { form: { ...form, ...adopt }, labelHistory }
  return { form: { ...form, ...adopt, labels: '' }, labelHistory: [] }
}

/** With the last picture, the form goes back to as many as were asked for. */
function foldGathering(state: SessionState, gathering: Gathering | undefined): SessionState {
  if (gathering) return { ...state, gathering, unfetched: undefined }
  const { form, lowered } = state
  const restored = lowered && form.trainSize === lowered.to ? { ...form, trainSize: lowered.from } : form
  return { ...state, gathering, lowered: undefined, form: restored }
}
