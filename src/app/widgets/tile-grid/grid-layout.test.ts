import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnsIn, PITCH, tileAt, tilesIn, walk } from './grid-layout'

describe('the grid of pictures', () => {
  it('draws every tile that is on screen, and few others', () => {
    fc.assert(fc.property(fc.integer({ min: 40, max: 1_200 }), fc.integer({ min: 50, max: 800 }), fc.integer({ min: 0, max: 5_000 }), fc.nat(100_000), (width, height, total, place) => {
      const columns = columnsIn(width)
      const rows = Math.ceil(total / columns)
      const scrollTop = Math.min(place, Math.max(0, rows * PITCH - height))
      const { first, count } = tilesIn(scrollTop, height, columns, total)
      for (const y of [scrollTop, scrollTop + height - 1]) {
        const tile = tileAt(0, y, columns)!
        if (tile < total) expect(tile >= first && tile < first + count).toBe(true)
      }
      expect(count).toBeLessThanOrEqual((height / PITCH + 2) * columns)
    }))
  })

  it('finds the tile under the pointer, and none beside the last column', () => {
    expect(tileAt(PITCH + 1, 2 * PITCH + 1, 5)).toBe(11)
    expect(tileAt(5 * PITCH + 1, 0, 5)).toBeUndefined()
  })

  it('is walked by keys and never left', () => {
    const grid = { columns: 5, count: 23, page: 2 }
    const ways = { ArrowRight: 8, ArrowLeft: 6, ArrowDown: 12, ArrowUp: 2, PageDown: 17, PageUp: 0, Home: 0, End: 22 }
    for (const [key, to] of Object.entries(ways)) expect(walk(key, 7, grid)).toBe(to)
    expect(walk('ArrowDown', 22, grid)).toBe(22)
    expect(walk('ArrowLeft', 0, grid)).toBe(0)
    expect(walk('Escape', 7, grid)).toBeUndefined()
  })
})
