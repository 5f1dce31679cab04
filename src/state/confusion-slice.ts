import type { StateCreator } from 'zustand'
import type { PlaygroundState } from './playground'

/** Which class a prototype is taken for: that of its number, or the one that fits best. */
export type NamingChoice = 'identity' | 'hungarian'
/** What a line of the confusion matrix is, where classes belong to families. */
export type MatrixLines = 'families' | 'classes'

/** A cell of the confusion matrix: two classes, or two families; −1 where no name is answered. */
export interface ConfusionCell {
  truth: number
  called: number
}

export interface ConfusionSlice {
  /** Absent until one is chosen: then what counts for the method. */
  namingChoice?: NamingChoice
  matrixLines: MatrixLines
  /** The cell whose pictures are on show. */
  confusionCell?: ConfusionCell
  chooseNaming(choice: NamingChoice | undefined): void
  chooseLines(lines: MatrixLines): void
  chooseCell(cell: ConfusionCell | undefined): void
}

/** How the confusion matrix is looked at. A cell of one look is none of another. */
export const confusionSlice: StateCreator<PlaygroundState, [], [], ConfusionSlice> = (set) => ({
  matrixLines: 'families',
  chooseNaming: (namingChoice) => set({ namingChoice, confusionCell: undefined }),
  chooseLines: (matrixLines) => set({ matrixLines, confusionCell: undefined }),
  chooseCell: (confusionCell) => set({ confusionCell }),
})
