import { describe, expect, it } from 'vitest'
import { LINE, standNames } from './column-names'

describe('names of columns', () => {
  it('lie in one line where the longest fits', () => {
    expect(standNames(['cat', 'airplane'], 70)).toEqual({ height: LINE, stand: 'level' })
  })

  it('stand upright in columns that are too narrow for the longest, and take the room that it needs', () => {
    const short = standNames(['cat', 'horse'], 31)
    const long = standNames(['cat', 'automobile'], 31)
    expect([short.stand, long.stand]).toEqual(['upright', 'upright'])
    expect(long.height).toBeGreaterThan(short.height)
  })

  it('never take more than a part of the picture', () => {
    expect(standNames(['a'.repeat(200)], 31).height).toBeLessThanOrEqual(72)
  })

  it('are left out above columns narrower than a line', () => {
    expect(standNames(['cat', 'automobile'], 8)).toEqual({ height: LINE, stand: 'none' })
  })
})
