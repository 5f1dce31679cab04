import type { WorkerPort } from '../client'

/** What a worker of the map says: what it was asked for, bit by bit, or why it cannot. */
export type HelperEvent<Answer> = { kind: 'answer'; answer: Answer } | { kind: 'failed'; cause: string }

/** A worker that answers questions beside the training. */
export interface Helper<Question> {
  ask(question: Question): void
  /** Stops whatever it is doing, at once; nothing is heard of it any more. */
  end(): void
}

/** Starts a worker whose answers go to `hear`, and the sentence on a failure, after which it has ended, to `complain`. */
export function startHelper<Question, Answer>(
  worker: WorkerPort, hear: (answer: Answer) => void, complain: (sentence: string) => void,
): Helper<Question> {
  let ended = false
  function end() {
    ended = true
    worker.terminate()
  }
  function fail(cause: string) {
    if (ended) return
    end()
    complain(`The map could not be drawn: ${cause.replace(/[.\s]*$/, '')}. The training goes on; open the map again, or reload the page.`)
  }
  worker.addEventListener('message', ({ data }: MessageEvent<HelperEvent<Answer>>) => {
    if (ended) return
    if (data.kind === 'answer') hear(data.answer)
    else fail(data.cause)
  })
  worker.addEventListener('error', ({ message }: ErrorEvent) => fail(message || 'its program could not be loaded'))
  return { ask: (question) => !ended && worker.postMessage(question), end }
}

/** The worker’s side: answers every question by `work`, which may answer it in several parts. */
export function serve<Question, Answer>(
  port: Pick<DedicatedWorkerGlobalScope, 'postMessage' | 'addEventListener'>, work: (question: Question) => Iterable<Answer>,
): void {
  const tell = (event: HelperEvent<Answer>) => port.postMessage(event)
  port.addEventListener('message', ({ data }: MessageEvent<Question>) => {
    try {
      for (const answer of work(data)) tell({ kind: 'answer', answer })
    } catch (error) {
      tell({ kind: 'failed', cause: error instanceof Error ? error.message : String(error) })
    }
  })
}
