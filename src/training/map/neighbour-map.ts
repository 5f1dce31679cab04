import { UMAP } from 'umap-js'
import { randomStream } from '../../data/random'
import { nearestRows } from './nearest-rows'
import type { Rows } from './principal-plane'

/** As the authors of UMAP propose, the point itself counted. */
const NEIGHBOURS = 15
/** Rows whose neighbours are sought between two breaths. */
const ROWS_AT_ONCE = 50
/** Half the width of the square in which the layout begins. */
const EXTENT = 10

export interface NeighbourMapRequest {
  /** Rows of unit length. */
  rows: Rows
  /** Where each row stands at the beginning, [rows, 2]. */
  start: Float32Array
  seed: number
}

/** How far a map of neighbours has come. */
export type NeighbourMapProgress =
  | { phase: 'neighbours'; share: number }
  | { phase: 'layout'; share: number; points: Float32Array }

/**
 * UMAP (McInnes, Healy, Melville, 2018), bit by bit: seeks the nearest neighbours of every row, then draws neighbours
 * together and others apart, epoch by epoch. It begins at a given layout, so that the result lies as that one did, and
 * is the same for the same seed. The last progress has share 1.
 */
export function* neighbourMap({ rows, start, seed }: NeighbourMapRequest): Generator<NeighbourMapProgress, void, void> {
  const count = rows.values.length / rows.size
  const neighbours = Math.min(NEIGHBOURS, count - 1)
  const indices: number[][] = []
  const distances: number[][] = []
  for (let row = 0; row < count; row++) {
    const nearest = nearestRows(rows, row, neighbours)
    indices.push(nearest.indices)
    distances.push(nearest.distances)
    if (row % ROWS_AT_ONCE === 0) yield { phase: 'neighbours', share: row / count }
  }
  const umap = new UMAP({ nNeighbors: neighbours, random: randomStream(seed, 'umap').next })
  umap.setPrecomputedKNN(indices, distances)
  // Neighbours are known, so that of the rows only their number is read.
  const epochs = umap.initializeFit(indices)
  const layout = umap.getEmbedding()
  begin(layout, start)
  for (let epoch = 1; epoch <= epochs; epoch++) {
    umap.step()
    yield { phase: 'layout', share: epoch / epochs, points: Float32Array.from(layout.flat()) }
  }
}

/** Puts the layout where `start` has it, spread over the square in which UMAP expects its beginning. */
function begin(layout: number[][], start: Float32Array): void {
  const greatest = start.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  layout.forEach((point, i) => {
    point[0] = (EXTENT * start[2 * i]!) / greatest
    point[1] = (EXTENT * start[2 * i + 1]!) / greatest
  })
}
