import { createStore, type StoreApi } from 'zustand'
import type { SessionClient } from '../session/client'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { Album } from './album'
import { AnswerSheets } from './answer-sheet'
import { chartSlice, type ChartSlice } from './chart-slice'
import { confusionSlice, type ConfusionSlice } from './confusion-slice'
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
  SessionState & PicturesActions & RecipeActions & RunActions & LabelSlice & ViewSlice & LensSlice & ChartSlice & ConfusionSlice

/** All that the page shows: the store for what changes now and then, the series and the looks for what streams. */
export interface Playground {
  store: StoreApi<PlaygroundState>
  series: RunSeries
  /** The training pictures, one by one. */
  album: Album
  looks: Looks
  /** What the run answers to the test pictures. */
  answers: AnswerSheets
}

/** A playground that listens to the worker behind `client`. */
export function createPlayground(
  client: SessionClient,
  { form = DEFAULT_RECIPE, theme = 'light', projector = false, stageView, mirror }: { form?: Recipe; mirror?: string } & Partial<FirstLook> = {},
): Playground {
  const series = new RunSeries()
  const album = new Album(client)
  const looks = new Looks()
  const answers = new AnswerSheets(client)
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
    ...confusionSlice(...parts),
    ...lensSlice(looks)(...parts),
  }))
  client.subscribe(
    createInbox((events) => {
      const { gathering, dataset } = store.getState()
      store.setState((state) => events.reduce<SessionState>(foldEvent, sessionOf(state)))
      const after = store.getState()
      // What has come may be more than the form’s split was made of, and what is gone is no split at all.
      if ((gathering && !after.gathering) || (dataset && !after.dataset)) after.preview()
      series.record(store.getState().run.runId, events)
      for (const event of events) {
        album.take(event)
        answers.take(event)
      }
      looks.record(store.getState().run.runId, events)
    }),
  )
  return { store, series, album, looks, answers }
}

function sessionOf(state: PlaygroundState): SessionState {
  const { form, run, former, learned, dataset, dataProblem, gathering, unfetched, lowered, kept, labelHistory, notices } = state
  const { backend, wantedBackend, automaticBackend, backendProblem, backendLost } = state
  return {
    form, run, former, learned, dataset, dataProblem, gathering, unfetched, lowered, kept, labelHistory, notices,
    backend, wantedBackend, automaticBackend, backendProblem, backendLost,
  }
}
