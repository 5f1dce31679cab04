import type { WorkerEvent } from '../session/protocol'

/** Training events reach the page in batches this far apart: charts need no more, and a fast GPU sends many. */
export const BATCH_MILLISECONDS = 250

/**
 * Gathers worker events into batches, so that each batch is one change of state and one render.
 * Whatever is not a training event (a status, a sentence, a summary) goes through at once, behind what waited.
 */
export function createInbox(deliver: (events: WorkerEvent[]) => void): (event: WorkerEvent) => void {
  let waiting: WorkerEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush() {
    clearTimeout(timer)
    timer = undefined
    const events = waiting
    waiting = []
    deliver(events)
  }

  return (event) => {
    waiting.push(event)
    if (event.kind !== 'training') flush()
    else timer ??= setTimeout(flush, BATCH_MILLISECONDS)
  }
}
