import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GAP, layOut, picturesSize, placeOf } from './layout'

const STAGE = { width: 748, height: 330 }

describe('the layout of the prototypes', () => {
  it('has a column for each of ten on a wide stage, as tall as there is room', () => {
    expect(layOut(STAGE, 10)).toMatchObject({ columns: 10, across: 1, narrow: true, down: 4 })
    expect(layOut({ ...STAGE, height: 600 }, 10).down).toBeGreaterThan(4)
    expect(layOut({ ...STAGE, height: 0 }, 10).down).toBe(3)
  })

  it('has small cards for a hundred, and on a phone', () => {
    expect(layOut(STAGE, 100)).toMatchObject({ columns: 7, across: 3, down: 2, narrow: false })
    expect(layOut({ width: 358, height: 0 }, 10)).toMatchObject({ columns: 3, across: 3 })
  })

  it('never lets cards or pictures stick out', () => {
    fc.assert(fc.property(fc.integer({ min: 120, max: 2_000 }), fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 1, max: 3_000 }), (width, height, prototypes) => {
      const layout = layOut({ width, height }, prototypes)
      expect(layout.columns * (layout.cardWidth + GAP) - GAP).toBeLessThanOrEqual(width)
      const { width: across, height: down } = picturesSize(layout)
      expect(across).toBeLessThanOrEqual(layout.cardWidth)
      const last = placeOf(layout, layout.across * layout.down - 1)
      expect([last.left + layout.side, last.top + layout.side]).toEqual([across, down])
    }))
  })
})
