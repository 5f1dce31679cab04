import { lazy, type ComponentType } from 'react'
import { BatchView } from './batch-view'

/**
 * A view of the stage. It is mounted only while it is on screen, fills the room that it is given, and asks the worker
 * for nothing once it is gone. All but the first come by React.lazy, so that the page does not wait for them.
 */
export interface StageView {
  /** As in the address: lower case, without spaces. */
  id: string
  /** On the tab. */
  label: string
  /** What there is to see, in one sentence. */
  explanation: string
  component: ComponentType
}

/** The tabs of the stage, in their order. The keys 1 to 9 and 0 choose the first ten. */
export const STAGE_VIEWS: readonly [StageView, ...StageView[]] = [
  {
    id: 'batch', label: 'Batch', component: BatchView,
    explanation: 'The batch that just went through the step: which prototypes it uses, and what each picture is assigned to.',
  },
  {
    id: 'prototypes', label: 'Prototypes', component: lazy(() => import('./prototypes/prototypes-view')),
    explanation: 'Every prototype: the pictures nearest to it, what they truly are, how much and how surely it is used.',
  },
  {
    id: 'labels', label: 'Labels', component: lazy(() => import('./label-budget/label-budget')),
    explanation: 'All training pictures, and which of them show their label: spend the budget by hand.',
  },
  {
    id: 'views', label: 'Views', component: lazy(() => import('./view-preview/view-preview')),
    explanation: 'What the network sees of a picture: its crops, flips and colours, as the device cuts them.',
  },
  {
    id: 'lens', label: 'One step', component: lazy(() => import('./lens/lens-view')),
    explanation: 'One step from inside, stage by stage: views, features, scores, assignments, loss, update.',
  },
  {
    id: 'laboratory', label: 'Laboratory', component: lazy(() => import('./laboratory/laboratory-view')),
    explanation: 'From scores to assignments, iteration by iteration, with sliders that leave the run alone.',
  },
  {
    id: 'teacher', label: 'Teacher', component: lazy(() => import('./teacher/teacher-view')),
    explanation: 'Student and teacher side by side on two views of a picture.',
  },
  {
    id: 'predictions', label: 'Predictions', component: lazy(() => import('./answers/predictions-view')),
    explanation: 'What single test pictures are taken for: the same ones all run long, and the worst mistakes.',
  },
  {
    id: 'confusion', label: 'Confusion', component: lazy(() => import('./answers/confusion-view')),
    explanation: 'What the test pictures are against what they are called, class by class, and the pictures of each cell.',
  },
  {
    id: 'map', label: 'Map', component: lazy(() => import('./map/map-view')),
    explanation: 'Where the network puts the pictures, and the prototypes among them, in two dimensions.',
  },
]

/** The view of that identifier, or the first one. */
export function viewOf(id: string | undefined): StageView {
  return STAGE_VIEWS.find((view) => view.id === id) ?? STAGE_VIEWS[0]
}

/** The key that chooses the view at a position, if there is one. */
export function viewKey(position: number): string | undefined {
  return '1234567890'[position]
}
