import { useMemo, type RefObject } from 'react'
import { hasPrototypes, labelsNamePrototypes } from '../../../recipe/naming'
import { haveSamePictures } from '../../../state/label-edits'
import type { PictureScores } from '../../../state/picture-order'
import { usePlayground, useSnapshot } from '../../playground-context'
import { useWatch } from '../use-watch'

/** How the model of the run scores the pictures of its gallery, if these are among the pictures on show. */
export function useScores(view: RefObject<HTMLElement | null>): PictureScores | undefined {
  const fits = usePlayground(({ form, run: { recipe } }) =>
    recipe !== undefined && hasPrototypes(recipe.method) && haveSamePictures(form, recipe))
  useWatch(view, { snapshot: fits })
  const look = useSnapshot()
  return useMemo(() => {
    if (!look || !fits) return undefined
    const { snapshot: { scores, prototypes, recipe }, gallery: { positions } } = look
    return { positions, prototypes, scores, named: labelsNamePrototypes(recipe.method) }
  }, [look, fits])
}
