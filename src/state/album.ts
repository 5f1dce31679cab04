import type { Recipe } from '../recipe/recipe'
import type { SessionClient } from '../session/client'
import { MOST_TILES, type WorkerEvent } from '../session/protocol'
import type { ViewPreview } from '../training/view-preview'
import { Announcer } from './announcer'

/** Pictures that are kept at most, 4 KB each. */
const MOST_KEPT = 4_000
const TILE_BYTES = 32 * 32 * 4

type TilesEvent = Extract<WorkerEvent, { kind: 'tiles' }>
export type Views = Extract<WorkerEvent, { kind: 'views' }>
export type { ViewPreview }

/**
 * The training pictures that the page has at hand, outside React because there are thousands. What is missing is
 * asked of the worker and announced to the listeners when it is there.
 */
export class Album extends Announcer {
  version = 0
  /** The views that were cut last. */
  views: Views | undefined
  readonly #client: SessionClient
  #number = -1
  #tiles = new Map<number, Uint8ClampedArray<ArrayBuffer>>()
  readonly #asked = new Set<number>()

  constructor(client: SessionClient) {
    super()
    this.#client = client
  }

  /** Asks the worker for the pictures at these positions that are not here yet. */
  want(number: number, positions: readonly number[]): void {
    if (number !== this.#number) this.#open(number)
    const missing = positions.filter((position) => !this.#tiles.has(position) && !this.#asked.has(position))
    for (let first = 0; first < missing.length; first += MOST_TILES) this.#ask(missing.slice(first, first + MOST_TILES))
  }

  /** RGBA of a picture, if it is here. */
  tile(number: number, position: number): Uint8ClampedArray<ArrayBuffer> | undefined {
    return number === this.#number ? this.#tiles.get(position) : undefined
  }

  /** Has a picture cut into views; they are in `views` once they come. */
  cut(album: number, position: number, recipe: Recipe, throwOf: number): void {
    this.#client.send({ kind: 'previewViews', album, position, recipe, throwOf })
  }

  take(event: WorkerEvent): void {
    if (event.kind === 'tiles' && event.album === this.#number) this.#keep(event)
    else if (event.kind === 'views') this.views = event
    else return
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
    this.#client.send({ kind: 'tiles', album: this.#number, positions })
  }

  /** The oldest make room. */
  #keep({ positions, rgba }: TilesEvent): void {
    positions.forEach((position, tile) => {
      this.#tiles.set(position, rgba.slice(tile * TILE_BYTES, (tile + 1) * TILE_BYTES))
      this.#asked.delete(position)
    })
    for (const position of this.#tiles.keys()) {
      if (this.#tiles.size <= MOST_KEPT) return
      this.#tiles.delete(position)
    }
  }
}
