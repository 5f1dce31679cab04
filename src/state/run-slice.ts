import type { StateCreator } from 'zustand'
import type { BackendName } from '../compute/report'
import type { SessionClient } from '../session/client'
import type { WarmStartRequest } from '../session/protocol'
import type { Recipe } from '../recipe/recipe'
import type { Watch } from '../training/events'
import type { Cure } from './cure'
import type { PlaygroundState } from './playground'
import type { Looks } from './looks'
import { NO_RUN, type Run } from './run'
import type { RunSeries } from './series'

export interface RunActions {
  /** The big button: starts, pauses or goes on. */
  trainOrPause(): void
  /** One step: of the paused run, or the first of a new one. */
  step(): void
  reset(): void
  /** Ends the run under way and starts the form’s. */
  restart(): void
  /** Ends the run under way and starts one from what was learned before, as the form says, or as another method. */
  startFrom(warmStart: WarmStartRequest, method?: Recipe['method']): void
  /** Asks for what the run has learned, as a file. */
  save(): void
  /** The next gate of the step under the lens; the first one of a new run where none is under way. */
  stage(): void
  /** Says what a view has on screen; a view that is gone has nothing. */
  watch(view: string, wants?: Partial<Watch>): void
  /** Does what the diagnosis proposes: a live change, or a new run with changed fields. */
  mend(cure: Cure): void
  connect(backend: BackendName | 'auto'): void
}

/** What a person does with the run, the backend and files: each action is a command to the worker. */
export function runSlice(client: SessionClient, series: RunSeries, looks: Looks): StateCreator<PlaygroundState, [], [], RunActions> {
  return (set, get) => {
    const views = new Map<string, Partial<Watch>>()
    let watched = together([])
    const goesOn = ({ status }: Run) => status === 'running' || status === 'paused'

    function start(paused: boolean, warmStart?: WarmStartRequest) {
      const { run, former, dataset } = get()
      const form = get().useWhatIsHere()
      const runId = run.runId + 1
      const classNames = dataset?.dataset === form.dataset ? dataset.classNames : []
      const begun = { ...NO_RUN, runId, status: 'preparing', recipe: form, classNames } as const
      set({ run: begun, former: goesOn(run) ? run : former })
      client.send({ kind: 'start', runId, recipe: form, paused, ...(warmStart && { warmStart }) })
    }

    return {
      trainOrPause() {
        const { status } = get().run
        if (status === 'idle' || status === 'finished') start(false)
        else client.send({ kind: status === 'paused' ? 'resume' : 'pause' })
      },
      step() {
        const { status } = get().run
        if (status === 'paused') client.send({ kind: 'step' })
        else if (status === 'idle' || status === 'finished') start(true)
      },
      reset() {
        // A new number, so that what the worker still says of the old run is not heard.
        const { run, notices } = get()
        series.clear()
        looks.clear()
        set({
          run: { ...NO_RUN, runId: run.runId + 1 },
          former: undefined,
          notices: { ...notices, announcement: 'Ready.' },
        })
        client.send({ kind: 'reset' })
      },
      restart: () => start(false),
      startFrom(warmStart, method) {
        const { run, form, replaceForm } = get()
        // A method that goes on where a run stands needs that run’s network, whatever the form has turned to.
        if (method && run.recipe) {
          const { encoder, width, projectorWidth, featureSize } = run.recipe
          replaceForm({ ...form, method, encoder, width, projectorWidth, featureSize })
        }
        start(false, warmStart)
      },
      save: () => client.send({ kind: 'save' }),
      stage() {
        const { status } = get().run
        if (status === 'idle' || status === 'finished') start(true)
        else client.send({ kind: 'stage' })
      },
      watch(view, wants) {
        if (wants) views.set(view, wants)
        else views.delete(view)
        const next = together([...views.values()])
        if (isSame(next, watched)) return
        watched = next
        client.send({ kind: 'watch', watch: next })
      },
      mend({ changes, restart }) {
        const { form, run, replaceForm } = get()
        // The cure is for what trains, which the form may have left behind.
        replaceForm({ ...(restart ? (run.recipe ?? form) : form), ...changes })
        if (restart) start(false)
      },
      connect(backend) {
        set({ backend: undefined, backendProblem: undefined })
        client.send({ kind: 'connect', backend })
      },
    }
  }
}

/** What several views want together. */
function together(views: Partial<Watch>[]): Watch {
  return {
    assignments: Math.max(0, ...views.map(({ assignments = 0 }) => assignments)),
    snapshot: views.some(({ snapshot }) => snapshot),
    answers: views.some(({ answers }) => answers),
    lens: views.some(({ lens }) => lens),
  }
}

function isSame(one: Watch, other: Watch): boolean {
  return one.assignments === other.assignments && one.snapshot === other.snapshot && one.answers === other.answers && one.lens === other.lens
}
