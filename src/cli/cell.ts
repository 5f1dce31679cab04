import { connectNodeBackend, type NodeBackend } from '../compute/connect-node'
import type { BackendReport } from '../compute/report'
import { shapesRequestOf } from '../data/drawn-shapes'
import type { PictureSource } from '../data/picture-set'
import { splitPictures } from '../data/split'
import type { Recipe } from '../recipe/recipe'
import { MEASURES, measuresOf } from '../training/events'
import { train, TrainingError } from '../training/trainer'
import type { Cell } from './grid'
import { openPictureSource } from './picture-source'

/** The numbers of an evaluation, by name. */
export type Numbers = Partial<Record<(typeof NUMBERS)[number], number>>
export const NUMBERS = ['testAccuracy', 'studentAccuracy', 'teacherAccuracy', ...MEASURES] as const

export interface CellResult extends Cell {
  /** Processor or adapter in words. */
  device: string
  seconds: number
  evaluations: (Numbers & { step: number })[]
  /** Why the training stopped before its end. */
  failure?: string
}

/**
 * Trains a cell to its end. A run whose numbers go astray is a result too: it would do so again.
 * @param onBackendLost hears one sentence when no number of this or a later cell can be trusted any longer.
 * @throws BackendError when the cell’s backend cannot be used
 */
export async function runCell(cell: Cell, onStep: (step: number) => void, onBackendLost: (sentence: string) => void): Promise<CellResult> {
  const { recipe, data, test } = cell
  const source = await sourceOf(recipe, data, test)
  const { device } = await connectOnce(cell.backend, onBackendLost)
  const begun = performance.now()
  const evaluations: CellResult['evaluations'] = []
  const result = (failure?: string): CellResult =>
    ({ ...cell, device, seconds: Math.round(performance.now() - begun) / 1000, evaluations, ...(failure && { failure }) })
  try {
    for await (const event of train(recipe, { split: splitPictures(source, recipe), classCount: source.classNames.length })) {
      if (event.type === 'evaluation') {
        const { step, testAccuracy, studentAccuracy, teacherAccuracy } = event
        evaluations.push({ step, testAccuracy, studentAccuracy, ...(teacherAccuracy !== undefined && { teacherAccuracy }), ...measuresOf(event) })
      } else if (event.type === 'metrics') onStep(event.step)
    }
    return result()
  } catch (error) {
    if (error instanceof TrainingError) return result(error.message)
    throw error
  }
}

let connected: { backend: NodeBackend; report: Promise<BackendReport> } | undefined

/** A backend is tried once for all cells of a thread. */
function connectOnce(backend: NodeBackend, onBackendLost: (sentence: string) => void): Promise<BackendReport> {
  if (connected?.backend !== backend) connected = { backend, report: connectNodeBackend(backend, onBackendLost) }
  return connected.report
}

let read: { key: string; source: PictureSource } | undefined

/** Files are read once for all cells of a thread; drawn pictures depend on the seed. */
async function sourceOf(recipe: Recipe, data?: string, test?: string): Promise<PictureSource> {
  const { dataset, classes, cifar100Labels } = recipe
  const key = JSON.stringify(dataset === 'shapes' ? [classes, shapesRequestOf(recipe)] : [dataset, classes, cifar100Labels, data, test])
  if (read?.key !== key) read = { key, source: await openPictureSource(recipe, data, test) }
  return read.source
}
