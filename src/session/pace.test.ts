import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Pace } from './pace'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('counts the seconds of training without the pauses', () => {
  const pace = new Pace()
  pace.start()
  vi.advanceTimersByTime(2000)
  pace.stop()
  vi.advanceTimersByTime(60_000)
  pace.start()
  vi.advanceTimersByTime(500)
  expect(pace.seconds).toBeCloseTo(2.5)
})

it('gives the speed of the last seconds alone', () => {
  const pace = new Pace()
  pace.start()
  let step = 0
  const train = (steps: number, milliseconds: number) => {
    for (let i = 0; i < steps; i++) {
      vi.advanceTimersByTime(milliseconds)
      pace.tick(++step)
    }
  }
  expect(pace.stepsPerSecond).toBe(0)
  train(10, 1000)
  expect(pace.stepsPerSecond).toBeCloseTo(1)
  train(100, 100)
  expect(pace.stepsPerSecond).toBeCloseTo(10)
  train(2, 8000)
  expect(pace.stepsPerSecond).toBeCloseTo(1 / 8)
})
