/** What the page may know of the worker’s pictures and what is made of them. */
export type { AnswerSheet } from './answer-sheet'
export type { AnswerHistory, DatasetSummary, Gallery, Gathering, KeptSet, PictureSheet, PictureStrip, TestPart } from '../session/protocol'
export type { Answers, AssignmentSample, Scores, Snapshot, ViewPairs, Watch } from '../training/events'
export type { AverageStage, ChangeStage, ForwardRows, ForwardStage, Stage, ViewsStage } from '../training/stages'
