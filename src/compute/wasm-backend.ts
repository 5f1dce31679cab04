import { env, registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core'
import type { BackendWasmModule } from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm'
import { openOwnKernels, type Threads } from './kernels/wasm/own-kernels'
import { importingSharedMemory } from './kernels/wasm/shared-memory'
import { BackendError, type OpenBackend } from './open-backend'

/** What the WASM backend needs of the place where it runs. */
export interface WasmEnvironment {
  /** The bytes of tfjs-backend-wasm-simd.wasm. */
  read(): Promise<Uint8Array>
  /** Present where memory may be shared. */
  threads?: Threads
}

/**
 * Sets the WASM backend, with SIMD, on memory that threads can share where the environment has them.
 * @throws BackendError when WebAssembly or SIMD is missing or the file cannot be read.
 */
export async function openWasm(environment: WasmEnvironment): Promise<OpenBackend> {
  if (typeof WebAssembly === 'undefined') {
    throw new BackendError('This browser has no WebAssembly, or it is switched off; a current browser has it.')
  }
  const { BackendWasm } = await import('@tensorflow/tfjs-backend-wasm')
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    throw new BackendError('This browser runs WebAssembly without SIMD, which training needs; a current browser has it.')
  }
  if (!started) {
    const module = await start(environment)
    // The package’s own factory would fetch another file into memory of its own.
    removeBackend('wasm')
    registerBackend('wasm', () => new BackendWasm(module))
    started = true
  }
  await setBackend('wasm')
  const threads = (await openOwnKernels(environment.threads))?.threads ?? 1
  return { device: `SIMD, ${threads} ${threads === 1 ? 'thread' : 'threads'}` }
}

/** What tfjs’s types leave out of the module. */
interface EmscriptenModule extends Allocator {
  cwrap(name: string, result: 'number' | null, parameters: 'number'[]): (...args: number[]) => number
}

interface Allocator {
  _malloc(size: number): number
  _free(address: number): void
}

/** One backend serves as long as the page lives: its tensors may outlast a change to another backend. */
let started = false

/** Runs tfjs’s module and gives it the functions by which its backend calls it. */
async function start({ read, threads }: WasmEnvironment): Promise<BackendWasmModule> {
  const { default: createModule } = await import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js')
  const bytes = await read().catch(() => {
    throw new BackendError('The WASM backend did not start: its file could not be read. Reload the page to try again.')
  })
  const { binary, imports } = prepared(bytes, threads)
  const module = await new Promise<BackendWasmModule>((resolve, reject) => {
    const giveUp = ({ message }: Error) => reject(new BackendError(`The WASM backend did not start: ${message}`))
    createModule({
      instantiateWasm(own: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
        WebAssembly.instantiate(binary, { ...own, ...imports }).then(({ instance }) => done(instance), giveUp)
        return {}
      },
    }).then(resolve, giveUp)
  })
  guardMemory(module as unknown as EmscriptenModule)
  const call = (name: string, result: 'number' | null, parameters: 'number'[]) =>
    (module as unknown as EmscriptenModule).cwrap(name, result, parameters)
  module.tfjs = {
    init: call('init', null, []),
    initWithThreadsCount: call('init_with_threads_count', null, ['number']),
    getThreadsCount: call('get_threads_count', 'number', []),
    registerTensor: call('register_tensor', null, ['number', 'number', 'number']),
    disposeData: call('dispose_data', null, ['number']),
    dispose: call('dispose', null, []),
  }
  return module
}

/** The module on memory that threads can share; on its own where the browser has no room to set so much aside. */
function prepared(bytes: Uint8Array, threads: Threads | undefined): { binary: Uint8Array<ArrayBuffer>; imports: WebAssembly.Imports } {
  const own = { binary: Uint8Array.from(bytes), imports: {} }
  if (!threads) return own
  try {
    return importingSharedMemory(bytes)
  } catch {
    return own
  }
}

/** Lets memory that runs out end in a sentence: tfjs takes the address 0 for memory like any other, and writes there. */
export function guardMemory(module: Allocator): void {
  // The module puts its own function in place at the first call.
  module._free(module._malloc(1))
  const allocate = module._malloc
  module._malloc = (size) => {
    const address = allocate(size)
    if (address === 0 && size > 0) {
      throw new BackendError('WASM has no memory left, of which it reaches 4 GB: choose smaller batches, a smaller width or fewer training pictures.')
    }
    return address
  }
}
