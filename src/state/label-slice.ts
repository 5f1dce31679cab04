import type { StateCreator } from 'zustand'
import { labelsOf } from '../data/labels'
import { LONGEST_EDITS } from '../recipe/label-edits'
import { editsToReach } from './label-edits'
import type { PlaygroundState } from './playground'

/** Changes of the labels that can be undone. */
const MOST_UNDONE = 100

export interface LabelSlice {
  /** Gives pictures their label, or takes it: positions in the training part on show. */
  giveLabels(positions: Iterable<number>): void
  takeLabels(positions: Iterable<number>): void
  /** Leaves the labels that the seed gives. */
  clearLabelEdits(): void
  undoLabels(): void
}

/** The label budget. Every change is one of the recipe’s field `labels`, so that link, run and marks follow. */
export const labelSlice: StateCreator<PlaygroundState, [], [], LabelSlice> = (set, get) => {
  function write(labels: string) {
    const { form, labelHistory, setField } = get()
    if (labels === form.labels) return
    set({ labelHistory: [...labelHistory, form.labels].slice(-MOST_UNDONE) })
    setField('labels', labels)
  }

  function change(positions: Iterable<number>, alter: (labelled: Set<number>, position: number) => void) {
    const { dataset, form, notify } = get()
    // Between another choice of pictures and their coming, others are on show.
    if (!dataset || dataset.dataset !== form.dataset) return
    const wanted = new Set(labelsOf(dataset.pool, form).labelled)
    for (const position of positions) alter(wanted, position)
    const edits = editsToReach(wanted, dataset.pool, form)
    if (wanted.size === 0) notify('One label has to stay: a run learns from one at least.')
    else if (edits.length > LONGEST_EDITS) notify('So many changes by hand do not fit into a link: move “Labels per class” instead.')
    else write(edits)
  }

  return {
    giveLabels: (positions) => change(positions, (labelled, position) => labelled.add(position)),
    takeLabels: (positions) => change(positions, (labelled, position) => labelled.delete(position)),
    clearLabelEdits: () => write(''),
    undoLabels() {
      const { labelHistory, setField } = get()
      const before = labelHistory.at(-1)
      if (before === undefined) return
      set({ labelHistory: labelHistory.slice(0, -1) })
      setField('labels', before)
    },
  }
}
