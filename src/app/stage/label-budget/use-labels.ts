import { useMemo } from 'react'
import { labelsOf, type LabelPool } from '../../../state/label-edits'
import { usePlayground } from '../../playground-context'

export interface ShownLabels {
  pool: LabelPool
  labelled: ReadonlySet<number>
  /** What each picture’s label says. */
  taught: Uint8Array
  classNames: readonly string[]
  /** The album that the pool is about. */
  album: number
}

/** The training pictures on show, with the labels that the form gives them. */
export function useLabels(): ShownLabels | undefined {
  const dataset = usePlayground((state) => state.dataset)
  const labelsPerClass = usePlayground((state) => state.form.labelsPerClass)
  const labelNoise = usePlayground((state) => state.form.labelNoise)
  const labels = usePlayground((state) => state.form.labels)
  return useMemo(() => {
    if (!dataset) return undefined
    const { pool, classNames, album } = dataset
    const { labelled, taught } = labelsOf(pool, { labelsPerClass, labelNoise, labels })
    return { pool, labelled: new Set(labelled), taught, classNames, album }
  }, [dataset, labelsPerClass, labelNoise, labels])
}
