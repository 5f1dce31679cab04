import { createStore, type StoreApi } from 'zustand'
import type { SessionClient } from '../session/client'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { Album } from './album'
import { chartSlice, type ChartSlice } from './chart-slice'
import { foldEvent, type SessionState } from './fold'
import { createInbox } from './inbox'
import { labelSlice, type LabelSlice } from './label-slice'
import { lensSlice, type LensSlice } from './lens-slice'
import { Looks } from './looks'
import { NO_NOTICES } from './notices'
import { picturesSlice, type PicturesActions } from './pictures-slice'
import { recipeSlice, type RecipeActions } from './recipe-slice'
import { NO_RUN } from './run'
import { runSlice, type RunActions } from './run-slice'
import { RunSeries } from './series'
import { viewSlice, type FirstLook, type ViewSlice } from './view-slice'

export type PlaygroundState =
  SessionState & PicturesActions & RecipeActions & RunActions & LabelSlice & ViewSlice & LensSlice & ChartSlice

/** All that the page shows: the store for what changes now and then, the series and the looks for what streams. */
export interface Playground {
  store: StoreApi<PlaygroundState>
  series: RunSeries
  /** The training pictures, one by one. */
  album: Album
  looks: Looks
}

/** A playground that listens to the worker behind `client`. */
export function createPlayground(
  client: SessionClient,
  { form = DEFAULT_RECIPE, theme = 'light', projector = false, stageView, mirror }: { form?: Recipe; mirror?: string } & Partial<FirstLook> = {},
): Playground {
  const series = new RunSeries()
  const album = new Album(client)
  const looks = new Looks()
  const store = createStore<PlaygroundState>()((...parts) => ({
    form,
    run: NO_RUN,
    kept: [],
    labelHistory: [],
    ...picturesSlice(client, mirror)(...parts),
    notices: NO_NOTICES,
    ...recipeSlice(client)(...parts),
    ...runSlice(client, series, looks)(...parts),
    ...labelSlice(...parts),
    ...viewSlice({ theme, projector, stageView })(...parts),
    ...chartSlice(...parts),
    ...lensSlice(looks)(...parts),
  }))
  client.subscribe(
    createInbox((events) => {
      const { gathering } = store.getState()
      store.setState((state) => events.reduce<SessionState>(foldEvent, sessionOf(state)))
      // What has come may be more than the form’s split was made of.
      if (gathering && !store.getState().gathering) store.getState().preview()
      series.record(store.getState().run.runId, events)
      for (const event of events) album.take(event)
      looks.record(store.getState().run.runId, events)
    }),
  )
  return { store, series, album, looks }
}

function sessionOf(state: PlaygroundState): SessionState {
  const { form, run, former, backend, backendProblem, dataset, dataProblem, gathering, unfetched, lowered, kept, labelHistory, notices } = state
  return { form, run, former, backend, backendProblem, dataset, dataProblem, gathering, unfetched, lowered, kept, labelHistory, notices }
}
