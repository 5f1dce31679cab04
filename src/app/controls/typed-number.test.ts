import { expect, it } from 'vitest'
import { typedNumber } from './typed-number'

it('reads a decimal point and a decimal comma', () => {
  expect(['0.1', '0,1', ' -0,25 ', '1e-3'].map((text) => typedNumber(text, {}))).toEqual([0.1, 0.1, -0.25, 0.001])
})

it('gives back what is no number, and thousands that a comma parts', () => {
  expect(['', ' ', 'ten', '1,000,5'].map((text) => typedNumber(text, {}))).toEqual(['', ' ', 'ten', '1,000,5'])
  expect(['1,000', '64'].map((text) => typedNumber(text, { whole: true }))).toEqual(['1,000', 64])
})
