import { expect, it } from 'vitest'
import type { Mark } from '../../state/run'
import { labelMarks, markLabel } from './marks'

const mark = (step: number): Mark => ({ step, name: 'epsilon', from: 0.03, to: 0.05, seconds: step })

it('writes a change with the symbol of the papers, or the field’s name', () => {
  expect(markLabel(mark(1))).toBe('ε 0.03 → 0.05')
  expect(markLabel({ ...mark(1), name: 'learningRate', from: 0.1, to: 0.01 })).toBe('Learning rate 0.1 → 0.01')
})

it('counts labels that were given and taken by hand', () => {
  const labels = (from: string, to: string) => markLabel({ ...mark(1), name: 'labels', from, to })
  expect(labels('', '3.a*2')).toBe('labels +3')
  expect(labels('3', '_4.1')).toBe('labels −3')
  expect(labels('3', '4')).toBe('labels moved')
})

it('labels the newest marks only, each on a line of its own', () => {
  const labelled = labelMarks([1, 2, 3, 4, 5].map(mark)).filter(({ label }) => label)
  expect(labelled.map(({ mark }) => mark.step)).toEqual([3, 4, 5])
  expect(new Set(labelled.map(({ line }) => line)).size).toBe(3)
})
