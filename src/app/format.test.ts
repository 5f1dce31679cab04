import { expect, it } from 'vitest'
import { count, decimal, duration, percent, rate } from './format'

it('writes numbers as the page shows them', () => {
  expect([count(4_960), count(50)]).toEqual(['4\u202f960', '50'])
  expect([percent(0.5471), percent(0.999), percent(1), percent(undefined), percent(NaN)]).toEqual(['54.7 %', '99.9 %', '100 %', '–', '–'])
  expect([decimal(0.987), decimal(undefined)]).toEqual(['0.99', '–'])
  expect([duration(42.9), duration(3_723)]).toEqual(['0:42', '1:02:03'])
  expect([rate(0), rate(4.04), rate(14_080)]).toEqual(['–', '4.0', '14\u202f080'])
})
