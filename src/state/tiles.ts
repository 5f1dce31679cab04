import { MOST_TILES } from '../session/protocol'
import { Announcer } from './announcer'

/** Pictures that are kept at most, 4 KB each. */
const MOST_KEPT = 4_000
const TILE_BYTES = 32 * 32 * 4

/**
 * The pictures of a numbered set that the page has at hand, outside React because there are thousands. What is missing
 * is asked for and announced to the listeners when it is there.
 */
export class Tiles extends Announcer {
  version = 0
  readonly #askFor: (number: number, positions: number[]) => void
  #number = -1
  #tiles = new Map<number, Uint8ClampedArray<ArrayBuffer>>()
  readonly #asked = new Set<number>()

  /** @param askFor asks the worker for pictures of a set, which then come by `keep` */
  constructor(askFor: (number: number, positions: number[]) => void) {
    super()
    this.#askFor = askFor
  }

  /** Asks for the pictures at these positions that are not here yet. */
  want(number: number, positions: readonly number[]): void {
    if (number !== this.#number) this.#open(number)
    const missing = positions.filter((position) => !this.#tiles.has(position) && !this.#asked.has(position))
    for (let first = 0; first < missing.length; first += MOST_TILES) this.#ask(missing.slice(first, first + MOST_TILES))
  }

  /** RGBA of a picture, if it is here. */
  tile(number: number, position: number): Uint8ClampedArray<ArrayBuffer> | undefined {
    return number === this.#number ? this.#tiles.get(position) : undefined
  }

  /** Takes pictures of the set at hand, tile after tile; the oldest make room. */
  keep(number: number, positions: readonly number[], rgba: Uint8ClampedArray<ArrayBuffer>): void {
    if (number !== this.#number) return
    positions.forEach((position, tile) => {
      this.#tiles.set(position, rgba.slice(tile * TILE_BYTES, (tile + 1) * TILE_BYTES))
      this.#asked.delete(position)
    })
    for (const position of this.#tiles.keys()) {
      if (this.#tiles.size <= MOST_KEPT) break
      this.#tiles.delete(position)
    }
    this.changed()
  }

  protected changed(): void {
    this.version++
    this.announce()
  }

  #open(number: number): void {
    this.#number = number
    this.#tiles.clear()
    this.#asked.clear()
  }

  #ask(positions: number[]): void {
    for (const position of positions) this.#asked.add(position)
    this.#askFor(this.#number, positions)
  }
}
