import type { PictureSet } from './picture-set'

/** The families of a run’s classes. */
export interface Families {
  names: readonly string[]
  /** The family of each class, an index into `names`. */
  of: readonly number[]
}

/**
 * Which family each class belongs to, as the pictures themselves say; families without a class are left out. Nothing
 * where pictures carry no family, or where the families are the classes.
 */
export function familiesOf({ labels, coarse }: PictureSet, classCount: number, coarseNames?: readonly string[]): Families | undefined {
  if (!coarse || !coarseNames) return undefined
  const official = Array.from({ length: classCount }, (_, label) => coarse[labels.indexOf(label)] ?? 0)
  const present = [...new Set(official)].sort((a, b) => a - b)
  if (present.length === classCount) return undefined
  return { names: present.map((family) => coarseNames[family] ?? ''), of: official.map((family) => present.indexOf(family)) }
}
