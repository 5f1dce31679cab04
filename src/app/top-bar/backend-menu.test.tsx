// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import type { WorkerEvent } from '../../session/protocol'
import { createPlayground } from '../../state/playground'
import { createTestSession } from '../../state/test-session'
import { PlaygroundContext } from '../playground-context'
import { BackendMenu } from './backend-menu'

afterEach(cleanup)

const connected = (wanted: 'auto' | 'wasm', automatic?: 'webgpu' | 'wasm'): WorkerEvent => ({
  kind: 'backend', wanted, automatic,
  report: { backend: 'wasm', device: 'SIMD', reason: 'The fastest here.', refused: [{ backend: 'webgpu', reason: 'There is no adapter.' }] },
})

function open() {
  const session = createTestSession()
  const playground = createPlayground(session)
  render(<PlaygroundContext value={playground}><BackendMenu /></PlaygroundContext>)
  const choice = (name: string) => screen.getByRole('button', { name, hidden: true })
  return {
    session, playground, choice,
    tell: (...events: WorkerEvent[]) => act(() => session.tell(...events)),
    pressed: (name: string) => choice(name).getAttribute('aria-pressed') === 'true',
    wordsOf: (name: string) => within(choice(name).closest('li')!).getByText(/./, { selector: 'span' }).textContent,
  }
}

it('offers the automatic choice, and says what it comes to where that is known', () => {
  const { session, choice, tell, pressed, wordsOf } = open()
  tell(connected('wasm'))
  expect([pressed('WASM'), pressed('Automatic')]).toEqual([true, false])
  expect(wordsOf('Automatic')).toBe('takes the fastest that is right here')
  fireEvent.click(choice('Automatic'))
  expect(session.sentOf('connect')).toEqual([{ kind: 'connect', backend: 'auto' }])
  tell(connected('auto', 'wasm'))
  expect([pressed('WASM'), pressed('Automatic')]).toEqual([false, true])
  expect([wordsOf('Automatic'), wordsOf('WASM'), wordsOf('WebGPU')]).toEqual(['takes WASM', 'in use: SIMD', 'There is no adapter.'])
})

it('says that another backend ends the run, as long as one is under way', () => {
  const { playground, tell } = open()
  const warning = () => screen.queryByText('Another backend ends the run under way.')
  tell(connected('auto'))
  expect(warning()).toBeNull()
  act(() => playground.store.getState().trainOrPause())
  expect(warning()).not.toBeNull()
  tell({ kind: 'status', runId: 1, status: 'finished', step: 9 })
  expect(warning()).toBeNull()
})

it('names no device once the backend is lost', () => {
  const { tell } = open()
  tell(connected('auto'))
  tell({ kind: 'error', about: 'backend', message: 'The GPU was lost. Start again to reconnect.', code: 'backend lost' })
  const chip = screen.getByRole('button', { name: 'The backend was lost' })
  expect(chip.querySelector('[data-state]')?.getAttribute('data-state')).toBe('failed')
  expect(screen.getByText('The GPU was lost. Start again to reconnect.')).toBeTruthy()
})
