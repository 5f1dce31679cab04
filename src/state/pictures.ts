/** What the page may know of the worker’s pictures. */
export type { DatasetSummary, Gallery, PictureSheet, PictureStrip } from '../session/protocol'
export type { AssignmentSample, Scores, Snapshot, ViewPairs, Watch } from '../training/events'
export type { AverageStage, ChangeStage, ForwardRows, ForwardStage, Stage, ViewsStage } from '../training/stages'
