import type { StateCreator } from 'zustand'
import type { SessionClient } from '../session/client'
import type { Wanted } from '../session/connection'
import type { WarmStartRequest } from '../session/protocol'
import type { Recipe } from '../recipe/recipe'
import type { Watch } from '../training/events'
import type { Cure } from './cure'
import type { PlaygroundState } from './playground'
import type { Looks } from './looks'
import { isUnderWay, NO_RUN, type Run } from './run'
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
  connect(backend: Wanted): void
}

/** What a person does with the run, the backend and files: each action is a command to the worker. */
export function runSlice(client: SessionClient, series: RunSeries, looks: Looks): StateCreator<PlaygroundState, [], [], RunActions> {
  return (set, get) => {
    const views = new Map<string, Partial<Watch>>()
    let watched = together([])
    /** Of the last run. A number is given once, so that what the worker still says of an old run is not heard. */
    let lastNumber = NO_RUN.runId

    function start(paused: boolean, warmStart?: WarmStartRequest) {
      const { run, former, dataset } = get()
      const form = get().useWhatIsHere()
      const runId = ++lastNumber
      const classNames = dataset?.dataset === form.dataset ? dataset.classNames : []
      const begun = { ...NO_RUN, runId, status: 'preparing', recipe: form, classNames } as const
      set({ run: begun, former: hasBegun(run) ? run : former })
      client.send({ kind: 'start', runId, recipe: form, paused, ...(warmStart && { warmStart }) })
    }

    return {
      trainOrPause() {
        const { run } = get()
        if (isUnderWay(run)) client.send({ kind: run.status === 'paused' ? 'resume' : 'pause' })
        else start(false)
      },
      step() {
        const { run } = get()
        if (run.status === 'paused') client.send({ kind: 'step' })
        else if (!isUnderWay(run)) start(true)
      },
      reset() {
        const { notices } = get()
        series.clear()
        looks.clear()
        set({
          run: { ...NO_RUN, runId: ++lastNumber },
          former: undefined,
          notices: { ...notices, announcement: 'Ready.' },
        })
        client.send({ kind: 'reset' })
      },
      restart: () => start(false),
      startFrom(warmStart, method) {
        const { learned, form, replaceForm } = get()
        // A method that goes on where a run stands needs that run’s network, whatever the form has turned to.
        if (method && learned) {
          const { encoder, halving, width, projectorWidth, featureSize } = learned
          replaceForm({ ...form, method, encoder, halving, width, projectorWidth, featureSize })
        }
        start(false, warmStart)
      },
      save: () => client.send({ kind: 'save' }),
      stage() {
        if (isUnderWay(get().run)) client.send({ kind: 'stage' })
        else start(true)
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
        set({ backend: undefined, backendProblem: undefined, backendLost: undefined })
        client.send({ kind: 'connect', backend })
      },
    }
  }
}

/** Whether there is something to go back to. */
function hasBegun(run: Run): boolean {
  return run.step > 0 || run.status === 'running' || run.status === 'paused'
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
