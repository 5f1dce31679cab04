import type { WorkerEvent } from './protocol'

/** Sends what happened, in order, as one message. */
export type Post = (events: WorkerEvent[], transfers: Transferable[]) => void

/** Hands an event to the page; what is listed in `transfers` is given away. */
export type Tell = (event: WorkerEvent, transfers?: Transferable[]) => void

/** Training events go out this far apart at most: no eye needs more, and a fast GPU makes hundreds. */
const INTERVAL_MILLISECONDS = 100

/**
 * Gathers events into messages. Training events wait for the interval, and a bare step count gives way to the next
 * one; anything else goes at once, behind what waited.
 */
export function createOutbox(post: Post): Tell {
  let events: WorkerEvent[] = []
  let transfers: Transferable[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let sent = -Infinity

  function flush() {
    clearTimeout(timer)
    timer = undefined
    sent = performance.now()
    post(events, transfers)
    events = []
    transfers = []
  }

  return (event, given = []) => {
    const last = events.at(-1)
    if (last && isStepCount(last) && isStepCount(event)) events.pop()
    events.push(event)
    transfers.push(...given)
    const wait = sent + INTERVAL_MILLISECONDS - performance.now()
    if (event.kind !== 'training' || wait <= 0) flush()
    else timer ??= setTimeout(flush, wait)
  }
}

function isStepCount(event: WorkerEvent): boolean {
  return event.kind === 'training' && event.event.type === 'stepped'
}
