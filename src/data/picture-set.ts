/** Side of every picture, in pixels. */
export const SIDE = 32
/** Bytes of one picture: SIDE × SIDE × RGB, interleaved, row by row. */
export const PICTURE_BYTES = SIDE * SIDE * 3

/** Labelled pictures in memory, or a choice of them that shares their pixels. */
export interface PictureSet {
  /** 8-bit RGB, a whole number of pictures of [32, 32, 3]: see `pictureAt` for which is whose. */
  pixels: Uint8Array
  /** Which picture of `pixels` each one is; absent when they lie there in their order. */
  rows?: Int32Array
  /** Class of each picture, an index into the source’s `classNames`. */
  labels: Uint8Array
  /** CIFAR-100’s family of each picture, an index into the source’s `coarseNames`. */
  coarse?: Uint8Array
}

/** Where pictures come from: what a drop, a folder or the built-in generator yields. */
export interface PictureSource {
  dataset: 'shapes' | 'cifar10' | 'cifar100' | 'own'
  classNames: readonly string[]
  /** The families of the classes, where the pictures carry those too. */
  coarseNames?: readonly string[]
  train: PictureSet
  /** The source’s own test part; without one, test pictures are held out from `train`. */
  test?: PictureSet
}

/** Thrown when a file cannot be read; its message is a sentence with cause and cure. */
export class DataError extends Error {
  override name = 'DataError'
}

/** The bytes of one picture, [32, 32, 3]: no copy. */
export function pictureAt({ pixels, rows }: PictureSet, position: number): Uint8Array {
  const row = rows ? rows[position]! : position
  return pixels.subarray(row * PICTURE_BYTES, (row + 1) * PICTURE_BYTES)
}

/** The pictures at these positions, in this order, with the pixels of `set` and no copy of them. */
export function choosePictures(set: PictureSet, positions: ArrayLike<number>): PictureSet {
  const chosen = Array.from(positions)
  return {
    pixels: set.pixels,
    rows: Int32Array.from(chosen, (position) => (set.rows ? set.rows[position]! : position)),
    labels: Uint8Array.from(chosen, (position) => set.labels[position]!),
    ...(set.coarse && { coarse: Uint8Array.from(chosen, (position) => set.coarse![position]!) }),
  }
}

export function pictureCount(set: PictureSet): number {
  return set.labels.length
}

/** Class names as a sentence has them: “cats”, “dogs”; the first five of many. */
export function quoted(names: readonly string[]): string {
  return `${names.slice(0, 5).map((name) => `“${name}”`).join(', ')}${names.length > 5 ? ' and others' : ''}`
}
