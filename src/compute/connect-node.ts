import './gradients'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { connectBackend } from './backends'
import { nodeGpu } from './node-gpu'
import { BackendError } from './open-backend'
import type { BackendName, BackendReport } from './report'
import type { WasmEnvironment } from './wasm-backend'

const require = createRequire(import.meta.url)

/** The backends that Node has. */
export const NODE_BACKENDS = ['cpu', 'wasm', 'webgpu'] as const satisfies readonly BackendName[]
export type NodeBackend = (typeof NODE_BACKENDS)[number]

/**
 * Sets tfjs to a backend that Node has, with the gradients registered. tfjs’s gradients are modules that only a
 * bundler resolves: commands are bundled before they run, tests pass through vite.
 * @param onBackendLost hears one sentence when the GPU is gone or can no longer be trusted.
 * @throws BackendError when the backend cannot be used.
 */
export async function connectNodeBackend(name: NodeBackend, onBackendLost?: (sentence: string) => void): Promise<BackendReport> {
  allowFusedKernels()
  return connectBackend(name, { wasm: NODE_WASM, ...(onBackendLost && { onBackendLost }), ...(name === 'webgpu' && { gpu: await adapterOfNode() }) })
}

async function adapterOfNode(): Promise<GPU> {
  const gpu = await nodeGpu()
  if (await gpu.requestAdapter()) return gpu
  throw new BackendError(
    'WebGPU finds no graphics driver in Node. Install Chromium, whose software driver serves, or a Vulkan driver, and give the command again.',
  )
}

/** Node 20 has the fused multiply-add of relaxed SIMD behind a flag; later versions have it without. */
export function allowFusedKernels(): void {
  if (Number(process.versions.node.split('.')[0]) <= 20) setFlagsFromString('--experimental-wasm-relaxed-simd')
}

/** Node’s one thread, and the WASM backend’s file in the installed package. */
export const NODE_WASM: WasmEnvironment = {
  read: () => readFile(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm')),
}
