import { useMemo } from 'react'
import { labelsNamePrototypes } from '../../recipe/naming'
import { usePlayground } from '../playground-context'

/** What the prototypes of a run are called. */
export interface PrototypeNames {
  /** Whether labels tie prototype k to class k; where they do not, prototypes are clusters with a number. */
  named: boolean
  /** The class that labels name, else a number: of a spare prototype, or of a cluster. */
  of(prototype: number): string
}

export function prototypeNames(method: string, classNames: readonly string[]): PrototypeNames {
  const named = labelsNamePrototypes(method)
  return {
    named,
    of: (k) => (named ? classNames[k] ?? `spare ${k - classNames.length + 1}` : `cluster ${k + 1}`),
  }
}

/** Of the run that is on show. */
export function usePrototypeNames(): PrototypeNames {
  const method = usePlayground((state) => state.run.recipe?.method ?? state.form.method)
  const classNames = usePlayground((state) => state.run.classNames)
  return useMemo(() => prototypeNames(method, classNames), [method, classNames])
}
