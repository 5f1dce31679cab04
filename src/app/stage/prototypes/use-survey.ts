import { startTransition, useEffect, useState } from 'react'
import type { Gallery, Snapshot } from '../../../state/pictures'
import { survey, type Prototype } from '../../../state/prototypes'
import { inSlices } from '../../in-slices'

/** A snapshot, and what it makes of the prototypes. */
export interface Survey {
  snapshot: Snapshot
  gallery: Gallery
  prototypes: Prototype[]
}

/** The prototypes of a snapshot; those of the last one while the new one’s are worked out. */
export function useSurvey(snapshot: Snapshot, gallery: Gallery): Survey | undefined {
  const [found, setFound] = useState<Survey>()
  useEffect(
    () => inSlices(survey(snapshot, gallery.train.labels), (prototypes) => {
      startTransition(() => setFound({ snapshot, gallery, prototypes }))
    }),
    [snapshot, gallery],
  )
  return found
}
