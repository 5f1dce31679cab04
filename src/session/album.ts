import { pictureAt, SIDE, type PictureSet } from '../data/picture-set'
import type { Split } from '../data/split'

/** The training pictures that the page shows one by one: any of them, as it asks for them. */
export class Album {
  #split: Split | undefined
  /** A worker that takes the place of another gives no album the number of one of that other’s. */
  #number = Date.now()

  /** Puts a split on show. Its number stays the same as long as its pictures do. */
  show(split: Split): number {
    if (!this.#split || !samePictures(this.#split, split)) this.#number++
    this.#split = split
    return this.#number
  }

  /** RGBA of the pictures at these positions, tile after tile; nothing when another album is on show by now. */
  tiles(album: number, positions: readonly number[]): Uint8ClampedArray<ArrayBuffer> | undefined {
    return tilesOf(this.#trainOf(album), positions)
  }

  /** The bytes of one picture. */
  pixels(album: number, position: number): Uint8Array | undefined {
    const train = this.#trainOf(album)
    return train && position < train.labels.length ? pictureAt(train, position) : undefined
  }

  #trainOf(album: number): PictureSet | undefined {
    return album === this.#number ? this.#split?.train : undefined
  }
}

/** RGBA of some pictures of a set, tile after tile; nothing when it has not all of them. */
export function tilesOf(set: PictureSet | undefined, positions: readonly number[]): Uint8ClampedArray<ArrayBuffer> | undefined {
  if (!set || positions.some((position) => position >= set.labels.length)) return undefined
  const rgba = new Uint8ClampedArray(positions.length * SIDE * SIDE * 4).fill(255)
  positions.forEach((position, tile) => {
    const pixels = pictureAt(set, position)
    for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
      rgba.set(pixels.subarray(3 * pixel, 3 * pixel + 3), (tile * SIDE * SIDE + pixel) * 4)
    }
  })
  return rgba
}

function samePictures(one: Split, other: Split): boolean {
  const [a, b] = [one.pool.origins, other.pool.origins]
  return one.train.pixels === other.train.pixels && a.length === b.length && a.every((origin, position) => origin === b[position])
}
