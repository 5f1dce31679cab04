/** What the page may know of the worker’s pictures. */
export type { DatasetSummary, Gathering, KeptSet, PictureStrip } from '../session/protocol'
export type { AssignmentSample } from '../training/events'
