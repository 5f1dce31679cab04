import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ProgressEvent } from '../training/events'
import { createOutbox } from './outbox'
import type { WorkerEvent } from './protocol'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const training = (event: ProgressEvent): WorkerEvent =>
  ({ kind: 'training', runId: 1, event, seconds: 1, stepsPerSecond: 1, tensors: 1 })
const stepped = (step: number) => training({ type: 'stepped', step })
const applied = (step: number) => training({ type: 'applied', step, changes: {} })
const paused: WorkerEvent = { kind: 'status', runId: 1, status: 'paused', step: 4 }

function outbox() {
  const posts: WorkerEvent[][] = []
  const tell = createOutbox((events) => posts.push(events))
  return { posts, tell }
}

it('sends the first training event at once and gathers those that follow', () => {
  const { posts, tell } = outbox()
  tell(stepped(1))
  expect(posts).toEqual([[stepped(1)]])
  tell(applied(1))
  tell(stepped(2))
  expect(posts).toHaveLength(1)
  vi.advanceTimersByTime(100)
  expect(posts.slice(1)).toEqual([[applied(1), stepped(2)]])
})

it('lets a bare step count give way to the next, and loses nothing else', () => {
  const { posts, tell } = outbox()
  for (const event of [stepped(1), stepped(2), applied(2), applied(3), stepped(4), stepped(5)]) tell(event)
  vi.advanceTimersByTime(100)
  expect(posts[1]).toEqual([stepped(2), applied(2), applied(3), stepped(5)])
})

it('sends a status at once, behind what waited', () => {
  const { posts, tell } = outbox()
  for (const event of [stepped(1), applied(1), paused]) tell(event)
  expect(posts[1]).toEqual([applied(1), paused])
  vi.advanceTimersByTime(1000)
  expect(posts).toHaveLength(2)
})

it('gives away what an event hands over, together with it', () => {
  const post = vi.fn()
  const tell = createOutbox(post)
  const buffer = new ArrayBuffer(4)
  tell(paused, [buffer])
  tell(paused)
  expect(post.mock.calls).toEqual([[[paused], [buffer]], [[paused], []]])
})
