import { useMemo, type RefObject } from 'react'
import { labelsNamePrototypes } from '../../../recipe/naming'
import { haveSamePictures } from '../../../state/label-edits'
import type { PictureScores } from '../../../state/picture-order'
import { usePlayground, useSnapshot } from '../../playground-context'
import { useWatch } from '../use-watch'

/** How the model of the run scores the pictures of its gallery, if these are among the pictures on show. */
export function useScores(view: RefObject<HTMLElement | null>): PictureScores | undefined {
  useWatch(view, { snapshot: true })
  const look = useSnapshot()
  const fits = usePlayground(({ form, run }) => run.recipe !== undefined && haveSamePictures(form, run.recipe))
  return useMemo(() => {
    if (!look || !fits) return undefined
    const { snapshot: { scores, prototypes, recipe }, gallery: { positions } } = look
    return { positions, prototypes, scores, named: labelsNamePrototypes(recipe.method) }
  }, [look, fits])
}
