import { expect, it, vi } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { openSession, type WorkerPort } from './client'
import type { Command, WorkerEvent } from './protocol'

const training = (step: number): WorkerEvent =>
  ({ kind: 'training', runId: 3, event: { type: 'stepped', step }, seconds: 1, stepsPerSecond: 1, tensors: 1 })

class FakeWorker extends EventTarget implements WorkerPort {
  commands: Command[] = []
  terminate = vi.fn()
  postMessage(command: Command) {
    this.commands.push(command)
  }
  tell(...events: WorkerEvent[]) {
    this.dispatchEvent(new MessageEvent('message', { data: events }))
  }
  breakDown(message: string) {
    this.dispatchEvent(Object.assign(new Event('error'), { message }))
  }
}

function open() {
  const workers: FakeWorker[] = []
  const client = openSession(() => {
    const worker = new FakeWorker()
    workers.push(worker)
    return worker
  })
  const heard: WorkerEvent[] = []
  const unsubscribe = client.subscribe((event) => heard.push(event))
  return { client, workers, heard, unsubscribe }
}

const running: WorkerEvent = { kind: 'status', runId: 3, status: 'running', step: 12 }

it('sends commands and delivers the events of a message one by one', () => {
  const { client, workers, heard, unsubscribe } = open()
  client.send({ kind: 'pause' })
  expect(workers[0]!.commands).toEqual([{ kind: 'pause' }])
  const error: WorkerEvent = { kind: 'error', about: 'data', message: 'No.' }
  workers[0]!.tell(running, error)
  expect(heard).toEqual([running, error])
  unsubscribe()
  workers[0]!.tell(error)
  expect(heard).toHaveLength(2)
})

it('starts a broken worker anew, once, with the standing commands, and ends its run', () => {
  const watch = { assignments: 8, snapshot: true, answers: false, lens: false }
  const { client, workers, heard } = open()
  client.send({ kind: 'connect', backend: 'wasm' })
  client.send({ kind: 'watch', watch })
  client.send({ kind: 'preview', recipe: { ...DEFAULT_RECIPE, trainSize: 100 } })
  client.send({ kind: 'preview', recipe: DEFAULT_RECIPE })
  client.send({ kind: 'pause' })
  workers[0]!.tell(running)
  workers[0]!.breakDown('out of memory')

  expect(workers[0]!.terminate).toHaveBeenCalled()
  expect(workers[1]!.commands).toEqual([
    { kind: 'connect', backend: 'wasm' }, { kind: 'watch', watch }, { kind: 'preview', recipe: DEFAULT_RECIPE },
  ])
  expect(heard.slice(1)).toEqual([
    { kind: 'error', about: 'training', message: expect.stringMatching(/out of memory.*started anew/), code: 'worker renewed', runId: 3 },
    { ...running, status: 'idle' },
    { kind: 'gathering' },
  ])

  workers[0]!.tell(running)
  expect(heard).toHaveLength(4)
  workers[1]!.breakDown('')
  expect(workers).toHaveLength(2)
  expect(heard.at(-2)).toMatchObject({ message: expect.stringMatching(/could not be loaded.*Reload the page/), code: 'worker gone' })
})

it('ends every run of a broken worker, at the step to which it had come, but none that was over', () => {
  const { workers, heard } = open()
  workers[0]!.tell({ kind: 'status', runId: 1, status: 'finished', step: 9 }, running, training(20))
  workers[0]!.tell({ kind: 'status', runId: 4, status: 'preparing', step: 0 })
  const from = heard.length
  workers[0]!.breakDown('out of memory')
  expect(heard.slice(from).filter(({ kind }) => kind === 'status')).toEqual([
    { ...running, status: 'idle', step: 20 }, { kind: 'status', runId: 4, status: 'idle', step: 0 },
  ])
})

it('says why there is no answer when no worker is left, and lets nothing wait', () => {
  const { client, workers, heard } = open()
  for (const turn of [0, 1]) workers[turn]!.breakDown('out of memory')
  const from = heard.length
  client.send({ kind: 'start', runId: 5, recipe: DEFAULT_RECIPE, paused: false })
  client.send({ kind: 'fetch', recipe: DEFAULT_RECIPE })
  client.send({ kind: 'preview', recipe: DEFAULT_RECIPE })
  expect(workers[1]!.commands).toEqual([])
  const reason = { kind: 'error', message: expect.stringContaining('Reload the page.'), code: 'worker gone' }
  expect(heard.slice(from)).toMatchObject([{ kind: 'status', runId: 5, status: 'idle', step: 0 }, reason, { kind: 'gathering' }, reason])
})

it('takes a garbled message for a breakdown', () => {
  const { workers, heard } = open()
  workers[0]!.dispatchEvent(new Event('messageerror'))
  expect(workers).toHaveLength(2)
  expect(heard).toMatchObject([{ kind: 'error', about: 'training' }, { kind: 'gathering' }])
})

it('closes its worker and falls silent', () => {
  const { client, workers, heard } = open()
  client.close()
  workers[0]!.tell(running)
  expect(workers[0]!.terminate).toHaveBeenCalled()
  expect(heard).toEqual([])
})
