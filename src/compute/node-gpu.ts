import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type * as Dawn from 'webgpu'
import { BackendError } from './open-backend'

const require = createRequire(import.meta.url)

/** Node’s way to a GPU, which keeps its devices alive as long as it is there itself. */
let opened: Promise<GPU> | undefined

/**
 * WebGPU in Node, by Dawn: tfjs finds it where a browser has it. On Linux the process needs a Vulkan driver from its
 * start on (tools/lib/vulkan.mjs); without one there is no adapter.
 * @throws BackendError when the package cannot be loaded on this machine
 */
export function nodeGpu(): Promise<GPU> {
  opened ??= open()
  return opened
}

/** WebGPU that carries nothing out: what is left is the time of the calls. */
export async function idleGpu(): Promise<GPU> {
  await nodeGpu()
  const { create } = await dawn()
  return create(['backend=null'])
}

/** Dawn lies beside its package as a binary, which no bundler can take along and not every machine can load. */
async function dawn(): Promise<typeof Dawn> {
  try {
    return await import(/* @vite-ignore */ pathToFileURL(require.resolve('webgpu')).href) as typeof Dawn
  } catch (error) {
    throw new BackendError(`WebGPU does not start in Node on this machine: ${(error as Error).message}`)
  }
}

async function open(): Promise<GPU> {
  const { create, globals } = await dawn()
  const gpu = create(process.platform === 'linux' ? ['backend=vulkan'] : [])
  Object.assign(globalThis, globals)
  // Node 20 has no navigator at all, and that of a later Node has no GPU.
  const navigator = { ...globalThis.navigator, userAgent: 'Node', gpu }
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true })
  return gpu
}
