import wasmFile from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import type { WasmEnvironment } from '../compute/wasm-backend'

/** More threads than this gain little and cost memory bandwidth that the page needs. */
const MOST_THREADS = 8

/** The WASM backend’s file in the built page, and threads where the page is isolated from other origins. */
export const WASM_ENVIRONMENT: WasmEnvironment = {
  read: async () => {
    const response = await fetch(wasmFile)
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`)
    return new Uint8Array(await response.arrayBuffer())
  },
  ...(self.crossOriginIsolated && navigator.hardwareConcurrency > 1 && {
    threads: {
      count: Math.min(navigator.hardwareConcurrency, MOST_THREADS),
      start: () => new Worker(new URL('../compute/kernels/wasm/thread.worker.ts', import.meta.url), { type: 'module' }),
    },
  }),
}
