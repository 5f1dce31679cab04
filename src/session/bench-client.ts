import type { BenchOptions, BenchResult } from '../training/bench/measure'

/** What the measuring worker says. */
export type BenchEvent =
  | { kind: 'measuring'; what: string }
  | { kind: 'measured'; result: BenchResult }
  | { kind: 'failed'; sentence: string }

/** Measures in a worker of its own, which ends with the last event. */
export function measureInWorker(options: BenchOptions, hear: (event: BenchEvent) => void): void {
  const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module', name: 'bench' })
  worker.addEventListener('message', ({ data }: MessageEvent<BenchEvent>) => {
    if (data.kind !== 'measuring') worker.terminate()
    hear(data)
  })
  worker.addEventListener('error', ({ message }) => {
    worker.terminate()
    hear({ kind: 'failed', sentence: `The measuring broke down: ${message || 'its program could not be loaded'}. Reload the page to try again.` })
  })
  worker.postMessage(options)
}
