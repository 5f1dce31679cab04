// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPlayground } from '../state/playground'
import { createTestSession } from '../state/test-session'
import { letterKeys } from './letter-keys'
import { PlaygroundContext } from './playground-context'
import { Help } from './top-bar/help'
import { useShortcuts } from './use-shortcuts'

beforeEach(() => localStorage.clear())
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  letterKeys.turn(true)
})

function Page() {
  useShortcuts()
  return <Help />
}

function open() {
  const session = createTestSession()
  render(<PlaygroundContext value={createPlayground(session)}><Page /></PlaygroundContext>)
  const press = (key: string) => {
    session.sent.length = 0
    fireEvent.keyDown(document.body, { key })
    return session.sent.map(({ kind }) => kind)
  }
  return { press }
}

it('letters can be switched off, for later visits too; Space goes on to train', () => {
  const { press } = open()
  expect(press('r')).toEqual(['reset'])
  fireEvent.click(screen.getByRole('checkbox', { name: 'Letters, digits and ? are shortcuts', hidden: true }))
  expect(press('r')).toEqual([])
  expect(press(' ')).toEqual(['start'])
  expect(localStorage.getItem('letter-keys')).toBe('off')
  fireEvent.click(screen.getByRole('checkbox', { hidden: true }))
  expect(press('r')).toEqual(['reset'])
  expect(localStorage.getItem('letter-keys')).toBeNull()
})

it('letters rest while a popover is open', () => {
  const { press } = open()
  const find = vi.spyOn(document, 'querySelector').mockImplementation((selector) => (selector === ':popover-open' ? document.body : null))
  expect(press('r')).toEqual([])
  expect(press(' ')).toEqual(['start'])
  find.mockRestore()
  expect(press('r')).toEqual(['reset'])
})
