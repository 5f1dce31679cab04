import type { Recipe } from '../recipe/recipe'
import { startMapper, startNeighbourMapper } from '../session/map/mappers'
import type { EmbeddingMap } from '../training/map/embedding-map'
import type { NeighbourMapProgress } from '../training/map/neighbour-map'
import { Announcer } from './announcer'
import type { Gallery, Snapshot } from './pictures'

export type { EmbeddingMap }

/** A map of neighbours, finished or under way: its pictures and prototypes are those of `of`. */
export interface NeighbourMap {
  of: EmbeddingMap
  progress: NeighbourMapProgress
  /** Where pictures, then prototypes stand by now, [pictures + prototypes, 2]; absent until the layout has begun. */
  points?: Float32Array
}

/** What was drawn of a run’s pictures; a map that is opened again begins with it. */
interface Drawn {
  map?: EmbeddingMap
  neighbours?: NeighbourMap
}

/** Under the positions of the pictures, which are the same array as long as their run is there. */
const drawn = new WeakMap<Int32Array, Drawn>()

/** What the workers are started by; a test has its own. */
export interface Mappers {
  startMapper: typeof startMapper
  startNeighbourMapper: typeof startNeighbourMapper
}

/** The maps of the newest snapshot, drawn by workers that are there while somebody looks. */
export class EmbeddingMaps extends Announcer {
  map: EmbeddingMap | undefined
  neighbours: NeighbourMap | undefined
  /** Why there is no map. */
  trouble: string | undefined
  readonly #mappers: Mappers
  #gallery: Gallery | undefined
  /** The snapshot of the map on show. */
  #shown: Snapshot | undefined
  #underWay: Snapshot | undefined
  /** The newest of those that came while another was drawn. */
  #waiting: Snapshot | undefined
  #mapper: ReturnType<typeof startMapper> | undefined
  #neighbourMapper: ReturnType<typeof startNeighbourMapper> | undefined

  constructor(mappers: Mappers = { startMapper, startNeighbourMapper }) {
    super()
    this.#mappers = mappers
  }

  /** Draws the map of a snapshot; while one is being drawn, only the newest of the next ones waits. */
  draw(snapshot: Snapshot, gallery: Gallery, classes: number): void {
    if (this.#gallery?.positions !== gallery.positions) this.#turnTo(gallery)
    this.#gallery = gallery
    if (snapshot === this.#shown || snapshot === this.#underWay) return
    if (this.#underWay) {
      this.#waiting = snapshot
      return
    }
    const { step, recipe, features, featureSize, scores, prototypes, prototypeRows } = snapshot
    const { labels, labelled } = gallery.train
    const { map } = this
    this.#underWay = snapshot
    this.#mapper ??= this.#mappers.startMapper((drawnMap) => this.#show(drawnMap, classes), (sentence) => this.#complain(sentence))
    this.#mapper.ask({
      step, recipe: { method: recipe.method, temperature: recipe.temperature },
      features: { values: features, size: featureSize }, scores, prototypes, prototypeRows, classes, labels, labelled, taught: gallery.taught,
      ...(map && { before: { axes: map.axes, pictures: map.pictures } }),
    })
  }

  /** Begins a map of neighbours, from where the map on show has its points. */
  drawNeighbours(seed: Recipe['seed']): void {
    const [of, snapshot] = [this.map, this.#shown]
    if (!of || !snapshot) return
    this.cancelNeighbours()
    const { features, prototypeRows, featureSize: size } = snapshot
    const values = joined(features, of.stars.length > 0 ? prototypeRows : new Float32Array(0))
    this.neighbours = { of, progress: { phase: 'neighbours', share: 0 } }
    this.#neighbourMapper = this.#mappers.startNeighbourMapper(
      (progress) => this.#showNeighbours(of, progress), (sentence) => this.#complain(sentence),
    )
    this.#neighbourMapper.ask({ rows: { values, size }, start: pointsOf(of), seed })
    this.announce()
  }

  /** Gives up the map of neighbours that is under way; a finished one stays. */
  cancelNeighbours(): void {
    this.#neighbourMapper?.end()
    this.#neighbourMapper = undefined
    if (!this.neighbours || isFinished(this.neighbours)) return
    this.neighbours = this.#memory.neighbours
    this.announce()
  }

  /** Nobody looks any more: what is under way is given up. */
  close(): void {
    this.cancelNeighbours()
    this.#mapper?.end()
    this.#mapper = this.#underWay = this.#waiting = this.#shown = undefined
  }

  get #memory(): Drawn {
    return (this.#gallery && drawn.get(this.#gallery.positions)) ?? {}
  }

  #remember(change: Drawn): void {
    if (this.#gallery) drawn.set(this.#gallery.positions, { ...this.#memory, ...change })
  }

  #turnTo(gallery: Gallery): void {
    this.close()
    this.#gallery = gallery
    this.map = this.#memory.map
    this.neighbours = this.#memory.neighbours
    this.trouble = undefined
  }

  #show(map: EmbeddingMap, classes: number): void {
    this.#shown = this.#underWay
    this.#underWay = undefined
    this.map = map
    this.#remember({ map })
    this.announce()
    const next = this.#waiting
    this.#waiting = undefined
    if (next && this.#gallery) this.draw(next, this.#gallery, classes)
  }

  #showNeighbours(of: EmbeddingMap, progress: NeighbourMapProgress): void {
    this.neighbours = { of, progress, points: progress.phase === 'layout' ? progress.points : undefined }
    if (isFinished(this.neighbours)) {
      this.#remember({ neighbours: this.neighbours })
      this.cancelNeighbours()
    }
    this.announce()
  }

  #complain(sentence: string): void {
    this.close()
    this.trouble = sentence
    this.announce()
  }
}

/** Pictures, then prototypes, on the map of principal components. */
export function pointsOf({ pictures, stars }: EmbeddingMap): Float32Array {
  return joined(pictures, stars)
}

export function isFinished({ progress }: NeighbourMap): boolean {
  return progress.phase === 'layout' && progress.share === 1
}

function joined(one: Float32Array, other: Float32Array): Float32Array {
  const both = new Float32Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
