import '../compute/gradients'
import { measureBench, type BenchOptions } from '../training/bench/measure'
import type { BenchEvent } from './bench-client'
import { WASM_ENVIRONMENT } from './wasm-environment'

declare const self: DedicatedWorkerGlobalScope

const tell = (event: BenchEvent) => self.postMessage(event)

async function measure(options: BenchOptions): Promise<void> {
  if (!navigator.gpu) throw new Error('This browser has no WebGPU, which this page measures. A current Chrome, Edge or Safari has it.')
  const result = await measureBench(options, {
    gpu: navigator.gpu, wasm: WASM_ENVIRONMENT, tell: (what) => tell({ kind: 'measuring', what }),
  })
  tell({ kind: 'measured', result })
}

self.addEventListener('message', ({ data }: MessageEvent<BenchOptions>) => {
  measure(data).catch((error: unknown) => tell({ kind: 'failed', sentence: (error as Error).message }))
})
