import type { EmbeddingMap, MapRequest } from '../../training/map/embedding-map'
import type { NeighbourMapProgress, NeighbourMapRequest } from '../../training/map/neighbour-map'
import { startHelper, type Helper } from './helper'

type Complain = (sentence: string) => void

/** A worker that draws maps by principal components, one for each request. */
export function startMapper(hear: (map: EmbeddingMap) => void, complain: Complain): Helper<MapRequest> {
  return startHelper(new Worker(new URL('./map.worker.ts', import.meta.url), { type: 'module', name: 'map' }), hear, complain)
}

/** A worker that draws one map of neighbours; its last progress has share 1. */
export function startNeighbourMapper(hear: (progress: NeighbourMapProgress) => void, complain: Complain): Helper<NeighbourMapRequest> {
  return startHelper(new Worker(new URL('./umap.worker.ts', import.meta.url), { type: 'module', name: 'umap' }), hear, complain)
}
