import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { labelsOf } from '../data/labels'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { createPlayground } from './playground'
import { createTestSession, summaryOf } from './test-session'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Thirty pictures of three classes in turn, of which the first of each class is labelled. */
function open() {
  const session = createTestSession()
  const form = { ...DEFAULT_RECIPE, labelsPerClass: 1 }
  const { store: { getState: get } } = createPlayground(session, { form })
  const summary = summaryOf('shapes')
  session.tell({ kind: 'dataset', summary })
  const labelled = () => [...labelsOf(summary.pool, get().form).labelled]
  return { session, get, summary, labelled }
}

it('labels are given and taken beside the seed’s, and undone one change at a time', () => {
  const { get, labelled } = open()
  expect(labelled()).toEqual([0, 1, 2])
  get().giveLabels([10, 20])
  get().takeLabels([1, 2])
  expect(labelled()).toEqual([0, 10, 20])
  get().undoLabels()
  expect(labelled()).toEqual([0, 1, 2, 10, 20])
  get().undoLabels()
  expect([labelled(), get().form.labels]).toEqual([[0, 1, 2], ''])
  get().undoLabels()
  get().giveLabels([5])
  get().clearLabelEdits()
  expect(get().form.labels).toBe('')
  get().undoLabels()
  expect(labelled()).toEqual([0, 1, 2, 5])
})

it('what changes nothing is no change to undo, and a label that is given back leaves no edit', () => {
  const { get } = open()
  get().giveLabels([0])
  expect(get().labelHistory).toEqual([])
  get().takeLabels([0])
  get().giveLabels([0])
  expect(get().form.labels).toBe('')
})

it('the last label stays, with a sentence', () => {
  const { get, labelled } = open()
  get().takeLabels([0, 1, 2])
  expect(get().notices.list.map(({ message }) => message)).toEqual(['One label has to stay: a run learns from one at least.'])
  expect(labelled()).toEqual([0, 1, 2])
})

it('edits of pictures that the run leaves out at present stay', () => {
  const { session, get, summary } = open()
  get().giveLabels([29])
  const classes = summary.pool.classes.slice(0, 15)
  const fewer = { ...summary.pool, classes, origins: summary.pool.origins.slice(0, 15), ranks: summary.pool.ranks.slice(0, 15) }
  session.tell({ kind: 'dataset', summary: { ...summary, pool: fewer } })
  get().giveLabels([14])
  session.tell({ kind: 'dataset', summary })
  expect([...labelsOf(summary.pool, get().form).labelled]).toEqual([0, 1, 2, 14, 29])
})

it('edits go with their pictures: others have none, a run under way keeps its own, and both come back together', () => {
  const { session, get } = open()
  get().trainOrPause()
  session.tell({ kind: 'status', runId: 1, status: 'running', step: 1 })
  get().giveLabels([10])
  const { labels } = get().form
  expect(session.sentOf('tune')).toEqual([{ kind: 'tune', changes: { labels } }])
  session.tell({ kind: 'training', runId: 1, event: { type: 'applied', step: 1, changes: { labels } }, seconds: 1, stepsPerSecond: 1, tensors: 1 })
  vi.advanceTimersByTime(100)

  get().setField('dataset', 'cifar10')
  expect(get()).toMatchObject({ form: { labels: '' }, labelHistory: [] })
  // The pictures on show are still those of Shapes.
  get().giveLabels([5])
  expect(get().form.labels).toBe('')
  session.tell({ kind: 'dataset', summary: summaryOf('cifar10') })
  get().giveLabels([5])
  expect(get().form.labels).not.toBe('')
  expect(session.sentOf('tune')).toHaveLength(1)

  get().setField('dataset', 'shapes')
  expect(get().form.labels).toBe(labels)
  expect(session.sentOf('tune').at(-1)).toEqual({ kind: 'tune', changes: { labels } })
})

it('a drawing of another seed waits for the restart with its labels', () => {
  const { session, get } = open()
  get().trainOrPause()
  session.tell({ kind: 'status', runId: 1, status: 'running', step: 1 })
  get().setField('seed', 2)
  get().giveLabels([10])
  expect(session.sentOf('tune')).toEqual([])
})
