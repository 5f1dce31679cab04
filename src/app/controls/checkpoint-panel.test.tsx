// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it, vi } from 'vitest'
import { BATCH_MILLISECONDS } from '../../state/inbox'
import { createPlayground } from '../../state/playground'
import { createTestSession, metrics, training } from '../../state/test-session'
import { PlaygroundContext } from '../playground-context'
import { CheckpointPanel } from './checkpoint-panel'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

it('saves what was learned while the next run is prepared, and when that cannot start', () => {
  vi.useFakeTimers()
  const session = createTestSession()
  const playground = createPlayground(session)
  render(<PlaygroundContext value={playground}><CheckpointPanel /></PlaygroundContext>)
  const save = () => screen.getByRole('button', { name: 'Save checkpoint', hidden: true })
  expect(save()).toHaveProperty('disabled', true)
  act(() => {
    playground.store.getState().trainOrPause()
    session.tell(training(metrics(5)), { kind: 'status', runId: 1, status: 'finished', step: 5 })
    vi.advanceTimersByTime(BATCH_MILLISECONDS)
  })
  expect(save()).toHaveProperty('disabled', false)
  act(() => playground.store.getState().trainOrPause())
  expect(save()).toHaveProperty('disabled', false)
  act(() => session.tell({ kind: 'status', runId: 2, status: 'idle', step: 0 }))
  expect(save()).toHaveProperty('disabled', false)
})
