import { PICTURE_BYTES, type PictureSet } from './picture-set'

/** A set to which pictures are added while earlier ones are in use. */
export class GrowingSet {
  #count = 0
  #pixels = new Uint8Array(0)
  #labels = new Uint8Array(0)
  #coarse = new Uint8Array(0)
  #hasCoarse = true

  constructor(start?: PictureSet) {
    if (start) this.append(start.pixels, start.labels, start.coarse)
  }

  get count(): number {
    return this.#count
  }

  /** Adds pictures, [count, 32, 32, 3], with their labels. */
  append(pixels: Uint8Array, labels: Uint8Array, coarse?: Uint8Array): void {
    const count = this.#count + labels.length
    if (count > this.#labels.length) this.#grow(Math.max(count, Math.ceil(this.#count * 1.5)))
    this.#pixels.set(pixels, this.#count * PICTURE_BYTES)
    this.#labels.set(labels, this.#count)
    if (coarse) this.#coarse.set(coarse, this.#count)
    else this.#hasCoarse = false
    this.#count = count
  }

  /** Gives back the room that was kept for more. */
  trim(): void {
    if (this.#labels.length > this.#count) this.#grow(this.#count)
  }

  /** The first pictures: a window on what is here, no copy. */
  first(count = this.#count): PictureSet {
    return {
      pixels: this.#pixels.subarray(0, count * PICTURE_BYTES),
      labels: this.#labels.subarray(0, count),
      ...(this.#hasCoarse && count > 0 && { coarse: this.#coarse.subarray(0, count) }),
    }
  }

  #grow(room: number): void {
    const moved = (bytes: Uint8Array, size: number) => {
      const larger = new Uint8Array(size)
      larger.set(bytes.subarray(0, size))
      return larger
    }
    this.#pixels = moved(this.#pixels, room * PICTURE_BYTES)
    this.#labels = moved(this.#labels, room)
    this.#coarse = moved(this.#coarse, room)
  }
}
