import { createStore, type StoreApi } from 'zustand'
import type { SessionClient } from '../session/client'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { chartSlice, type ChartSlice } from './chart-slice'
import { foldEvent, type SessionState } from './fold'
import { createInbox } from './inbox'
import { lensSlice, type LensSlice } from './lens-slice'
import { Looks } from './looks'
import { NO_NOTICES } from './notices'
import { recipeSlice, type RecipeActions } from './recipe-slice'
import { NO_RUN } from './run'
import { runSlice, type RunActions } from './run-slice'
import { RunSeries } from './series'
import { viewSlice, type FirstLook, type ViewSlice } from './view-slice'

export type PlaygroundState = SessionState & RecipeActions & RunActions & ViewSlice & LensSlice & ChartSlice

/** All that the page shows: the store for what changes now and then, the series and the looks for what streams. */
export interface Playground {
  store: StoreApi<PlaygroundState>
  series: RunSeries
  looks: Looks
}

/** A playground that listens to the worker behind `client`. */
export function createPlayground(
  client: SessionClient,
  { form = DEFAULT_RECIPE, theme = 'light', stageView }: { form?: Recipe } & Partial<FirstLook> = {},
): Playground {
  const series = new RunSeries()
  const looks = new Looks()
  const store = createStore<PlaygroundState>()((...parts) => ({
    form,
    run: NO_RUN,
    loading: false,
    notices: NO_NOTICES,
    ...recipeSlice(client)(...parts),
    ...runSlice(client, series, looks)(...parts),
    ...viewSlice({ theme, stageView })(...parts),
    ...lensSlice(looks)(...parts),
    ...chartSlice(...parts),
  }))
  client.subscribe(
    createInbox((events) => {
      store.setState((state) => events.reduce<SessionState>(foldEvent, sessionOf(state)))
      series.record(store.getState().run.runId, events)
      looks.record(store.getState().run.runId, events)
    }),
  )
  return { store, series, looks }
}

function sessionOf(state: PlaygroundState): SessionState {
  const { form, run, former, backend, backendProblem, dataset, dataProblem, loading, notices } = state
  return { form, run, former, backend, backendProblem, dataset, dataProblem, loading, notices }
}
