// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DEFAULT_RECIPE } from '../../../recipe/recipe'
import type { WorkerEvent } from '../../../session/protocol'
import { createPlayground } from '../../../state/playground'
import { createTestSession } from '../../../state/test-session'
import { PlaygroundContext } from '../../playground-context'
import LensView from './lens-view'

class NoSize {
  observe() {}
  disconnect() {}
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('ResizeObserver', NoSize)
  vi.stubGlobal('IntersectionObserver', NoSize)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const status = (status: 'paused' | 'finished' | 'idle', step: number): WorkerEvent => ({ kind: 'status', runId: 1, status, step })
const views: WorkerEvent = {
  kind: 'stage', runId: 1, step: 1, recipe: DEFAULT_RECIPE,
  stage: { gate: 'views', labelled: Int32Array.of(1), unlabelled: Int32Array.of(0), pixels: {}, smallViews: 0, smallSide: 0 },
}

function open() {
  const session = createTestSession()
  const playground = createPlayground(session)
  render(<PlaygroundContext value={playground}><LensView /></PlaygroundContext>)
  const tell = (...events: WorkerEvent[]) => act(() => session.tell(...events))
  tell({ kind: 'backend', wanted: 'auto', report: { backend: 'wasm', device: 'SIMD', reason: '', refused: [] } })
  fireEvent.click(screen.getByRole('button', { name: 'Slow motion' }))
  tell(status('paused', 0), views)
  return {
    session, playground, tell,
    wait: () => act(() => void vi.advanceTimersByTime(10_000)),
    isSlow: () => screen.getByRole('button', { name: 'Slow motion' }).getAttribute('aria-pressed') === 'true',
  }
}

it('begins a run at a person’s press, and goes on with it by itself', () => {
  const { session, wait, isSlow } = open()
  expect(session.sentOf('start')).toMatchObject([{ paused: true }])
  wait()
  expect(session.sentOf('stage').length).toBeGreaterThan(0)
  expect(isSlow()).toBe(true)
})

it.each([
  { end: 'its last step', events: [status('finished', 9)] },
  { end: 'an error', events: [status('idle', 9)] },
])('ends with the run at $end, and starts no other', ({ events }) => {
  const { session, tell, wait, isSlow } = open()
  tell(...events)
  wait()
  expect(isSlow()).toBe(false)
  expect(session.sentOf('start')).toHaveLength(1)
})

it('ends with a reset, and starts no other run', () => {
  const { session, playground, wait, isSlow } = open()
  act(() => playground.store.getState().reset())
  wait()
  expect(isSlow()).toBe(false)
  expect(session.sentOf('start')).toHaveLength(1)
})
