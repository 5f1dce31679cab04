// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, it } from 'vitest'
import { WholeNumber } from './whole-number'

afterEach(cleanup)

function Amount() {
  const [amount, setAmount] = useState(10)
  return (
    <>
      <WholeNumber label="Amount" minimum={1} maximum={300} value={amount} onChange={setAmount} />
      <output>{amount}</output>
    </>
  )
}

it('can be emptied on the way to another number, and shows the last one when it is left empty', () => {
  render(<Amount />)
  const field = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Amount' })
  const amount = () => screen.getByRole('status').textContent
  const type = (value: string) => fireEvent.change(field, { target: { value } })
  type('')
  expect([field.value, amount()]).toEqual(['', '10'])
  type('25')
  expect([field.value, amount()]).toEqual(['25', '25'])
  type('0')
  expect([field.value, amount()]).toEqual(['0', '1'])
  fireEvent.blur(field)
  expect(field.value).toBe('1')
})
