// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { Announcement } from './announcement'

afterEach(cleanup)

it('says what a choice has brought, and is silent when that changes by itself', () => {
  const { container, rerender } = render(<Announcement text="3 pictures: 1 right" since={0} />)
  rerender(<Announcement text="3 pictures: 2 right" since={0} />)
  expect(container.textContent).toBe('3 pictures: 1 right')
  rerender(<Announcement text="5 pictures: 4 right" since={1} />)
  expect(container.textContent).toBe('5 pictures: 4 right')
})
