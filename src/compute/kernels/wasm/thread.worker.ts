import type { OwnKernels } from './own-kernels'
import { serve, type ThreadSetup } from './team'

declare const self: DedicatedWorkerGlobalScope

self.addEventListener('message', async ({ data }: MessageEvent<ThreadSetup>) => {
  const { binary, memory, control, place } = data
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } })
  self.postMessage('ready')
  serve(instance.exports as unknown as OwnKernels, { control, place })
}, { once: true })
