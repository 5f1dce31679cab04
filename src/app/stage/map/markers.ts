import { classColour } from '../../class-colours'

/** What stands for a picture: a colour of the theme and a shape, so that no eye depends on the colour alone. */
export interface Marker {
  colour: `--${string}`
  shape: Shape
}

/** Outlines around the origin, as SVG paths, about 2 units wide. */
export const SHAPES = {
  circle: 'M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z',
  triangle: 'M0 -1.2L1.1 .85L-1.1 .85Z',
  square: 'M-.88 -.88H.88V.88H-.88Z',
  diamond: 'M0 -1.25L1.25 0L0 1.25L-1.25 0Z',
  wedge: 'M0 1.2L1.1 -.85L-1.1 -.85Z',
  star: 'M0 -1L.235 -.324L.951 -.309L.38 .124L.588 .809L0 .4L-.588 .809L-.38 .124L-.951 -.309L-.235 -.324Z',
} as const
export type Shape = keyof typeof SHAPES

/** In their order no two of a colour’s neighbours look alike. */
const POINT_SHAPES = ['circle', 'triangle', 'square', 'diamond', 'wedge'] as const

/** The marker of a class or a cluster; those of the first fifty differ. */
export function markerOf(index: number): Marker {
  const shape = (index + 2 * Math.floor(index / POINT_SHAPES.length)) % POINT_SHAPES.length
  return { colour: classColour(index), shape: POINT_SHAPES[shape]! }
}

export const RIGHT: Marker = { colour: '--line-blue', shape: 'circle' }
export const WRONG: Marker = { colour: '--line-vermilion', shape: 'triangle' }
