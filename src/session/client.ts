import type { Command, ErrorEvent, WorkerEvent } from './protocol'

/** The page's end of the training worker. */
export interface SessionClient {
  send(command: Command): void
  /** Hears every event of the worker; returns the function that stops listening. */
  subscribe(listener: (event: WorkerEvent) => void): () => void
  close(): void
}

/** What the client needs of a worker. */
export type WorkerPort = Pick<Worker, 'postMessage' | 'addEventListener' | 'terminate'>

type StatusEvent = Extract<WorkerEvent, { kind: 'status' }>

/** The commands that a worker in the place of another has to hear again, the last of each kind. */
const STANDING: readonly Command['kind'][] = ['connect', 'watch', 'preview']

/**
 * Starts the training worker. One that breaks down is started anew, once: the page hears a sentence, and that its
 * runs are over. When the second is gone too, whoever asks for something hears why there is no answer.
 */
export function openSession(createWorker: () => WorkerPort = trainingWorker): SessionClient {
  const listeners = new Set<(event: WorkerEvent) => void>()
  /** How each run stands that is not over. */
  const underWay = new Map<number, StatusEvent>()
  const standing = new Map<Command['kind'], Command>()
  let respawned = false
  /** Why there is no worker any more. */
  let farewell: ErrorEvent | undefined
  let worker = spawn()

  function deliver(event: WorkerEvent) {
    follow(event)
    for (const listener of listeners) listener(event)
  }

  function follow(event: WorkerEvent) {
    if (event.kind === 'training') {
      const status = underWay.get(event.runId)
      if (status) status.step = event.event.step
    }
    if (event.kind !== 'status') return
    if (event.status === 'idle' || event.status === 'finished') underWay.delete(event.runId)
    else underWay.set(event.runId, { ...event })
  }

  function spawn(): WorkerPort {
    const born = createWorker()
    born.addEventListener('message', ({ data }) => {
      if (born === worker) (data as WorkerEvent[]).forEach(deliver)
    })
    born.addEventListener('error', (event) => breakDown(born, event.message || 'its program could not be loaded'))
    born.addEventListener('messageerror', () => breakDown(born, 'a message was garbled on its way'))
    return born
  }

  function breakDown(broken: WorkerPort, cause: string) {
    if (broken !== worker) return
    broken.terminate()
    const cure = respawned
      ? 'Reload the page.'
      : 'It was started anew; pictures that were not kept have to be brought again.'
    const message = `The training worker broke down (${cause}). ${cure}`
    const error: ErrorEvent = { kind: 'error', about: 'training', message, code: respawned ? 'worker gone' : 'worker renewed' }
    if (respawned) farewell = error
    else respawn()
    const [runId] = underWay.keys()
    deliver({ ...error, ...(runId !== undefined && { runId }) })
    for (const status of [...underWay.values()]) deliver({ ...status, status: 'idle' })
    deliver({ kind: 'gathering' })
  }

  function respawn() {
    respawned = true
    worker = spawn()
    for (const command of standing.values()) worker.postMessage(command)
  }

  /** Nobody hears the command: what the page shows as under way is so no longer. */
  function refuse(command: Command, reason: ErrorEvent) {
    switch (command.kind) {
      case 'start':
        deliver({ kind: 'status', runId: command.runId, status: 'idle', step: 0 })
        break
      case 'load':
      case 'fetch':
        deliver({ kind: 'gathering' })
        break
      case 'connect':
      case 'save':
        break
      default:
        // What the page sends by itself waits for no answer.
        return
    }
    deliver(reason)
  }

  return {
    send(command) {
      if (farewell) return refuse(command, farewell)
      if (STANDING.includes(command.kind)) standing.set(command.kind, command)
      worker.postMessage(command)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      listeners.clear()
      worker.terminate()
    },
  }
}

function trainingWorker(): Worker {
  return new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module' })
}
