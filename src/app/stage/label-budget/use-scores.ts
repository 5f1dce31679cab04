import type { PictureScores } from '../../../state/picture-order'

/** How the model scores the training pictures on show, if one trains on them. */
export function useScores(): PictureScores | undefined {
  return undefined
}
