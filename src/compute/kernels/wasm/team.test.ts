import { afterEach, expect, it, vi } from 'vitest'
import { roundAfter } from './team'

afterEach(() => vi.restoreAllMocks())

it('a helper that is woken by a late word on a round that it has done sleeps on', () => {
  const header = new Int32Array(new SharedArrayBuffer(8))
  header[0] = 5
  const wait = vi.spyOn(Atomics, 'wait')
    .mockImplementationOnce(() => 'ok')
    .mockImplementationOnce(() => {
      Atomics.add(header, 0, 1)
      return 'ok'
    })
  expect(roundAfter(5, header)).toBe(6)
  expect(wait).toHaveBeenCalledTimes(2)
})

it('a round that has begun meanwhile is not slept over', () => {
  const header = new Int32Array(new SharedArrayBuffer(8))
  header[0] = 6
  const wait = vi.spyOn(Atomics, 'wait')
  expect(roundAfter(5, header)).toBe(6)
  expect(wait).not.toHaveBeenCalled()
})
