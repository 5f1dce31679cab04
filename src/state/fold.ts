import type { BackendReport } from '../compute/report'
import type { Recipe } from '../recipe/recipe'
import type { DatasetSummary, WorkerEvent } from '../session/protocol'
import { foldNotices, statusSentence, type Notices } from './notices'
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
  /** Files are being read. */
  loading: boolean
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
      return { ...foldDataset(next, event.summary), loading: false, dataProblem: undefined }
    case 'error':
      if (event.about === 'backend') return { ...next, backendProblem: event.message }
      return event.about === 'data' ? { ...next, loading: false, dataProblem: event.message } : next
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

/** The form follows files that were dropped; a preview that comes late does not move it back. */
function foldDataset(state: SessionState, summary: DatasetSummary): SessionState {
  const form = state.loading ? { ...state.form, dataset: summary.dataset } : state.form
  return { ...state, form, dataset: summary }
}
