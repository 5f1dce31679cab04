import { expect, it } from 'vitest'
import type { Mark } from '../../state/run'
import { evaluationSteps, flagsOf, labelFlags, markLabel } from './marks'

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

it('labels the newest changes and events, each on a line of its own, and no pause', () => {
  const flags = flagsOf([1, 2, 3, 4].map(mark), [{ step: 5, kind: 'pause', text: 'paused' }, { step: 6, kind: 'event', text: 'stopped' }])
  const labelled = labelFlags(flags).filter(({ label }) => label)
  expect(labelled.map(({ flag }) => flag.step)).toEqual([3, 4, 6])
  expect(labelled.at(-1)?.label).toBe('stopped')
  expect(new Set(labelled.map(({ line }) => line)).size).toBe(3)
})

it('finds the evaluations, and leaves out those that would touch', () => {
  expect(evaluationSteps([1, 5, 6, 9], [NaN, 0.1, 0.2, 0.3], 3)).toEqual([5, 9])
})
