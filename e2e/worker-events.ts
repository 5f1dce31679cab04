import type { Page } from '@playwright/test'
import type { WorkerEvent } from '../src/session/protocol'

declare global {
  interface Window {
    workerEvents: (WorkerEvent & { at: number })[]
    /** The worker that speaks. */
    trainingWorker?: Worker
    /** Snapshots that were told before a measurement. */
    snapshotsBefore: number
  }
}

/** From now on, the page’s documents keep what the worker says in `workerEvents`, each with the time of its arrival. */
export async function keepWorkerEvents(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.workerEvents = []
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options)
        // A named worker helps beside the training.
        if (options?.name) return
        window.trainingWorker = this
        this.addEventListener('message', ({ data }: MessageEvent<WorkerEvent[]>) => {
          const at = performance.now()
          window.workerEvents.push(...data.map((event) => ({ ...event, at })))
        })
      }
    }
  })
}

/** The metrics of every step that the worker told of. */
export function lossesTold(page: Page): Promise<number[]> {
  return page.evaluate(() => window.workerEvents.flatMap((said) =>
    said.kind === 'training' && said.event.type === 'metrics' ? [said.event.metrics.loss] : []))
}
