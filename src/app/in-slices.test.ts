import { afterEach, describe, expect, it, vi } from 'vitest'
import { inSlices } from './in-slices'

afterEach(() => vi.useRealTimers())

/** Work whose every part takes as long as a slice may last. */
function* slowWork(parts: number): Generator<undefined, string> {
  for (let part = 0; part < parts; part++) {
    vi.advanceTimersByTime(8)
    yield
  }
  return 'done'
}

describe('work in slices', () => {
  it('is done at once when it is short', () => {
    const heard: string[] = []
    inSlices(slowWork(0), (result) => heard.push(result))
    expect(heard).toEqual(['done'])
  })

  it('lets others have their turn between slices, and stops when told', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const heard: string[] = []
    inSlices(slowWork(3), (result) => heard.push(result))
    expect(heard).toEqual([])
    vi.runAllTimers()
    expect(heard).toEqual(['done'])
    const stop = inSlices(slowWork(3), (result) => heard.push(result))
    stop()
    vi.runAllTimers()
    expect(heard).toEqual(['done'])
  })
})
