// The gradients stand on the whole of tfjs, which has to be there first.
import '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { connectBackend } from './backends'
import type { BackendReport } from './report'
import type { WasmEnvironment } from './wasm-backend'

const require = createRequire(import.meta.url)

/**
 * Sets tfjs to a backend that Node has, with the gradients registered. tfjs’s gradients are modules that only a
 * bundler resolves: commands are bundled before they run, tests pass through vite.
 * @throws BackendError when the backend cannot be used.
 */
export async function connectNodeBackend(name: 'cpu' | 'wasm'): Promise<BackendReport> {
  allowFusedKernels()
  return connectBackend(name, { wasm: NODE_WASM })
}

/** Node 20 has the fused multiply-add of relaxed SIMD behind a flag; later versions have it without. */
function allowFusedKernels(): void {
  if (Number(process.versions.node.split('.')[0]) <= 20) setFlagsFromString('--experimental-wasm-relaxed-simd')
}

/** Node’s one thread, and the WASM backend’s file in the installed package. */
export const NODE_WASM: WasmEnvironment = {
  read: () => readFile(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')),
}
