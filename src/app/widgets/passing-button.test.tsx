// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { PassingButton } from './passing-button'

afterEach(cleanup)

function Panel({ shown }: { shown: boolean }) {
  return (
    <div>
      <input aria-label="Neighbour" />
      {shown && <PassingButton heir={(button) => button.parentElement?.querySelector('input')}>Go</PassingButton>}
    </div>
  )
}

it('leaves the focus to its heir when it goes, and only when it has it', async () => {
  const { rerender } = render(<Panel shown />)
  screen.getByRole('button').focus()
  rerender(<Panel shown />)
  expect(document.activeElement).toBe(screen.getByRole('button'))
  rerender(<Panel shown={false} />)
  await Promise.resolve()
  expect(document.activeElement).toBe(screen.getByRole('textbox'))

  screen.getByRole('textbox').blur()
  rerender(<Panel shown />)
  rerender(<Panel shown={false} />)
  await Promise.resolve()
  expect(document.activeElement).toBe(document.body)
})
