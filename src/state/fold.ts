import type { BackendReport } from '../compute/report'
import type { Changes, Recipe } from '../recipe/recipe'
import type { DatasetSummary, Gathering, KeptSet, WorkerEvent } from '../session/protocol'
import { foldNotices, statusSentence, withoutNotice, type Notices } from './notices'
import { foldRun, type Run } from './run'

/** What the worker’s events change on the page. */
export interface SessionState {
  form: Recipe
  run: Run
  /** What ran when `run` was asked for: it goes on until `run` takes its first step. */
  former?: Run
  /** The backend that trains, once it is probed. */
  backend?: BackendReport
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
  const notices = foldNotices(state.notices, event)
  const sentence = statusSentence(state.run, run, event)
  const next = { ...state, run, former, notices: sentence ? { ...notices, announcement: sentence } : notices }
  switch (event.kind) {
    case 'backend':
      return { ...next, backend: event.report, backendProblem: undefined }
    case 'dataset':
      return {
        ...next, ...adopted(next, event.adopt), dataset: event.summary, dataProblem: undefined,
        notices: withoutNotice(next.notices, next.dataProblem),
      }
    case 'gathering':
      return foldGathering(next, event.progress)
    case 'kept':
      return { ...next, kept: event.sets }
    case 'error':
      if (event.about === 'backend') return { ...next, backendProblem: event.message }
      if (event.about !== 'data') return next
      return next.gathering?.from === 'hugging-face'
        ? { ...next, unfetched: next.gathering.dataset }
        : { ...next, dataProblem: event.message }
    default:
      return next
  }
}

/** A run that cannot start leaves the page to the former one, of which the worker then tells the status. */
function foldRuns({ run, former }: SessionState, event: WorkerEvent): Pick<SessionState, 'run' | 'former'> {
  if (event.kind === 'status' && event.runId === former?.runId) return { run: foldRun(former, event) }
  const next = foldRun(run, event)
  return { run: next, former: next.status === 'running' || next.status === 'paused' ? undefined : former }
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
