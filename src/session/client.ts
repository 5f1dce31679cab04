import type { Command, WorkerEvent } from './protocol'

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

/**
 * Starts the training worker. One that breaks down is started anew, once: the page hears a sentence, and that its
 * run is over.
 */
export function openSession(createWorker: () => WorkerPort = trainingWorker): SessionClient {
  const listeners = new Set<(event: WorkerEvent) => void>()
  let status: StatusEvent | undefined
  /** The commands that the next worker has to hear again, by kind. */
  const standing = new Map<Command['kind'], Command>()
  let respawned = false
  let worker = spawn()

  function deliver(event: WorkerEvent) {
    if (event.kind === 'status') status = event
    for (const listener of listeners) listener(event)
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
    deliver({ kind: 'error', about: 'training', message: `The training worker broke down (${cause}). ${cure}` })
    if (status) deliver({ ...status, status: 'idle' })
    deliver({ kind: 'gathering' })
    if (respawned) return
    respawned = true
    worker = spawn()
    for (const command of standing.values()) worker.postMessage(command)
  }

  return {
    send(command) {
      if (command.kind === 'connect' || command.kind === 'watch') standing.set(command.kind, command)
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
