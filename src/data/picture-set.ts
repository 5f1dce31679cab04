/** Side of every picture, in pixels. */
export const SIDE = 32
/** Bytes of one picture: SIDE × SIDE × RGB, interleaved, row by row. */
export const PICTURE_BYTES = SIDE * SIDE * 3

/** Labelled pictures in memory: 8-bit RGB, [count, 32, 32, 3]. */
export interface PictureSet {
  pixels: Uint8Array
  /** Class of each picture, an index into the source’s `classNames`. */
  labels: Uint8Array
}

/** Where pictures come from: what a drop, a folder or the built-in generator yields. */
export interface PictureSource {
  dataset: 'shapes' | 'cifar10' | 'cifar100'
  classNames: readonly string[]
  train: PictureSet
  /** The source’s own test part; without one, test pictures are held out from `train`. */
  test?: PictureSet
}

/** Thrown when a file cannot be read; its message is a sentence with cause and cure. */
export class DataError extends Error {
  override name = 'DataError'
}

export function pictureCount(set: PictureSet): number {
  return set.labels.length
}
