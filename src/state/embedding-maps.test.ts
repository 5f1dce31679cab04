import { describe, expect, it, vi } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import type { EmbeddingMap, MapRequest } from '../training/map/embedding-map'
import type { NeighbourMapProgress, NeighbourMapRequest } from '../training/map/neighbour-map'
import { EmbeddingMaps, isFinished } from './embedding-maps'
import type { Gallery, Snapshot } from './pictures'

const NONE = new Float32Array(0)

function galleryOf(): Gallery {
  const sheet = { count: 2, columns: 2, rgba: new Uint8ClampedArray(0), labels: Uint8Array.of(0, 1), labelled: Uint8Array.of(1, 0) }
  return { positions: Int32Array.of(4, 7), taught: sheet.labels, train: sheet, test: sheet }
}

function snapshotAt(step: number): Snapshot {
  return {
    step, recipe: DEFAULT_RECIPE, prototypes: 1, featureSize: 2, features: Float32Array.of(1, 0, 0, step), scores: Float32Array.of(1, 0),
    prototypeRows: Float32Array.of(0, 1), test: { scores: NONE },
    pairs: { pictures: new Int32Array(0), rgba: new Uint8ClampedArray(0), features: NONE, scores: NONE },
  }
}

const mapAt = (step: number): EmbeddingMap => ({
  step, pictures: Float32Array.of(step, 0, 0, step), stars: Float32Array.of(5, 5), axes: Float64Array.of(1, 0, 0, 1), explained: [0.6, 0.4],
  clusters: Int32Array.of(0, 0), naming: Int32Array.of(0), betweenClasses: 0.5,
})

/** Maps whose workers say what the test makes them say. */
function rehearse() {
  const asked: MapRequest[] = []
  const begun: NeighbourMapRequest[] = []
  const [endMapper, endNeighbours] = [vi.fn(), vi.fn()]
  const say: { map?: (map: EmbeddingMap) => void; progress?: (progress: NeighbourMapProgress) => void; fail?: (sentence: string) => void } = {}
  const maps = new EmbeddingMaps({
    startMapper(hear, complain) {
      Object.assign(say, { map: hear, fail: complain })
      return { ask: (request) => void asked.push(request), end: endMapper }
    },
    startNeighbourMapper(hear) {
      say.progress = hear
      return { ask: (request) => void begun.push(request), end: endNeighbours }
    },
  })
  return { maps, asked, begun, endMapper, endNeighbours, say }
}

describe('the maps of a run', () => {
  it('are drawn one at a time, the newest of those that wait, each from where the one before stands', () => {
    const { maps, asked, say } = rehearse()
    const gallery = galleryOf()
    for (const step of [1, 2, 3]) maps.draw(snapshotAt(step), gallery, 2)
    expect(asked.map(({ step }) => step)).toEqual([1])
    expect(asked[0]!.before).toBeUndefined()
    say.map!(mapAt(1))
    expect(maps.map!.step).toBe(1)
    expect(asked.map(({ step }) => step)).toEqual([1, 3])
    expect(asked[1]!.before!.pictures).toEqual(mapAt(1).pictures)
  })

  it('are there again when somebody comes back, and not with the pictures of another run', () => {
    const { maps, say, endMapper } = rehearse()
    const [gallery, snapshot] = [galleryOf(), snapshotAt(1)]
    maps.draw(snapshot, gallery, 2)
    say.map!(mapAt(1))
    maps.close()
    expect(endMapper).toHaveBeenCalledOnce()
    const later = rehearse()
    later.maps.draw(snapshot, gallery, 2)
    expect(later.maps.map!.step).toBe(1)
    expect(later.asked[0]!.before!.axes).toEqual(mapAt(1).axes)
    later.maps.draw(snapshotAt(1), galleryOf(), 2)
    expect(later.maps.map).toBeUndefined()
    expect(later.asked[1]!.before).toBeUndefined()
  })

  it('say why there is none', () => {
    const { maps, say, endMapper } = rehearse()
    maps.draw(snapshotAt(1), galleryOf(), 2)
    say.fail!('The map could not be drawn.')
    expect(maps.trouble).toBe('The map could not be drawn.')
    expect(endMapper).toHaveBeenCalled()
  })
})

describe('a map of neighbours', () => {
  function begin() {
    const all = rehearse()
    all.maps.draw(snapshotAt(3), galleryOf(), 2)
    all.say.map!(mapAt(3))
    all.maps.drawNeighbours(7)
    return all
  }

  it('begins at the map on show with pictures and prototypes, and tells how far it is', () => {
    const { maps, begun, say, endNeighbours } = begin()
    expect([...begun[0]!.rows.values]).toEqual([1, 0, 0, 3, 0, 1])
    expect([...begun[0]!.start]).toEqual([3, 0, 0, 3, 5, 5])
    expect(begun[0]!.seed).toBe(7)
    const points = new Float32Array(6)
    say.progress!({ phase: 'layout', share: 0.5, points })
    expect(maps.neighbours!.points).toBe(points)
    expect(isFinished(maps.neighbours!)).toBe(false)
    say.progress!({ phase: 'layout', share: 1, points })
    expect(isFinished(maps.neighbours!)).toBe(true)
    expect(endNeighbours).toHaveBeenCalledOnce()
    maps.cancelNeighbours()
    expect(maps.neighbours).toBeDefined()
  })

  it('that is given up leaves the finished one before it', () => {
    const { maps, say, endNeighbours } = begin()
    maps.cancelNeighbours()
    expect(maps.neighbours).toBeUndefined()
    expect(endNeighbours).toHaveBeenCalledOnce()
    maps.drawNeighbours(7)
    say.progress!({ phase: 'layout', share: 1, points: new Float32Array(6) })
    const finished = maps.neighbours
    maps.drawNeighbours(8)
    expect(maps.neighbours).not.toBe(finished)
    maps.cancelNeighbours()
    expect(maps.neighbours).toBe(finished)
  })
})
