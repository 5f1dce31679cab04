import { useEffect, useState, useSyncExternalStore } from 'react'
import { EmbeddingMaps, type EmbeddingMap, type NeighbourMap } from '../../../state/embedding-maps'
import type { Gallery, Snapshot } from '../../../state/pictures'

export interface ShownMaps {
  maps: EmbeddingMaps
  map: EmbeddingMap | undefined
  neighbours: NeighbourMap | undefined
  trouble: string | undefined
}

/** Maps of the newest snapshot, for as long as the component is there. */
export function useEmbeddingMaps(snapshot: Snapshot, gallery: Gallery, classes: number): ShownMaps {
  const [maps] = useState(() => new EmbeddingMaps())
  useEffect(() => () => maps.close(), [maps])
  useEffect(() => maps.draw(snapshot, gallery, classes), [maps, snapshot, gallery, classes])
  return {
    maps,
    map: useSyncExternalStore(maps.subscribe, () => maps.map),
    neighbours: useSyncExternalStore(maps.subscribe, () => maps.neighbours),
    trouble: useSyncExternalStore(maps.subscribe, () => maps.trouble),
  }
}
