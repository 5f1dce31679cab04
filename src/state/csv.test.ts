import { expect, it } from 'vitest'
import { csvOf } from './csv'

it('writes every reading, and only the columns that have one', () => {
  const columns = { steps: [5, 10, 15], values: { loss: Float32Array.of(2.5, NaN, 1), testAccuracy: [NaN, 0.5, NaN], never: [NaN, NaN, NaN] } }
  expect(csvOf(columns)).toBe('step,loss,testAccuracy\n5,2.5,\n10,,0.5\n15,1,\n')
})
