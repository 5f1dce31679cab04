import { enableProdMode, findBackend, getBackend, setBackend } from '@tensorflow/tfjs-core'
import { registerKernels } from './kernels/register'
import { BackendError, type OpenBackend } from './open-backend'
import { openCpu, openWebGL } from './plain-backends'
import { probeTrainingStep } from './probe'
import { BACKENDS, BACKEND_NAMES, type BackendName, type BackendReport, type KernelReport } from './report'
import { openWasm, type WasmEnvironment } from './wasm-backend'
import { openWebGPU } from './webgpu-backend'

/** What the place of the computation offers: a browser’s worker or Node. */
export interface ComputeEnvironment {
  /** The browser’s way to a GPU; absent without WebGPU. */
  gpu?: GPU
  wasm: WasmEnvironment
  /** Hears one sentence when the connected backend is gone or can no longer be trusted. */
  onBackendLost?(sentence: string): void
}

/**
 * Sets tfjs to a backend that computes a training step correctly. `auto` takes the first that does of WebGPU on
 * a hardware adapter, WASM, WebGL and plain JavaScript; a name takes that one alone, a software adapter included.
 * The gradients of tfjs must be registered before.
 * @throws BackendError with cause and cure when nothing, or not the wanted backend, can be used; the backend
 *   that was set before is set again.
 */
export async function connectBackend(
  wanted: 'auto' | BackendName,
  environment: ComputeEnvironment,
): Promise<BackendReport> {
  enableProdMode()
  const before = getBackend()
  const refused: BackendReport['refused'] = []
  for (const backend of wanted === 'auto' ? BACKENDS : [wanted]) {
    try {
      const found = await tryBackend(backend, wanted, environment)
      return { backend, ...found, reason: reasonFor(backend, wanted, refused), refused }
    } catch (error) {
      refused.push({ backend, reason: sentenceOf(backend, error) })
    }
  }
  if (before && findBackend(before)) await setBackend(before)
  const causes = refused.map((refusal) => refusal.reason).join(' ')
  throw new BackendError(
    wanted === 'auto'
      ? `No backend can train here. ${causes} A current Chrome, Edge, Firefox or Safari can.`
      : `${causes} Choose the automatic backend, or another one.`,
  )
}

/** Opens the backend, adds our kernels and trusts it only after a correct training step. */
async function tryBackend(
  backend: BackendName,
  wanted: 'auto' | BackendName,
  environment: ComputeEnvironment,
): Promise<Pick<BackendReport, 'device' | 'kernels'>> {
  const opened = await open(backend, wanted, environment)
  let kernels: KernelReport | undefined
  try {
    kernels = await registerKernels(backend, environment.wasm)
    await Promise.race([probeTrainingStep(backend), rejectOn(opened.failure)])
  } catch (error) {
    opened.close?.()
    throw error
  }
  void opened.failure?.then((sentence) => environment.onBackendLost?.(sentence))
  return { device: opened.device, ...(kernels && { kernels }) }
}

function open(backend: BackendName, wanted: 'auto' | BackendName, environment: ComputeEnvironment): Promise<OpenBackend> {
  switch (backend) {
    case 'webgpu': return openWebGPU(environment.gpu, wanted === 'webgpu')
    case 'wasm': return openWasm(environment.wasm)
    case 'webgl': return openWebGL()
    case 'cpu': return openCpu()
  }
}

async function rejectOn(failure: Promise<string> | undefined): Promise<never> {
  const sentence = await (failure ?? new Promise<never>(() => {}))
  throw new BackendError(sentence)
}

function reasonFor(backend: BackendName, wanted: 'auto' | BackendName, refused: BackendReport['refused']): string {
  const name = BACKEND_NAMES[backend]
  if (wanted !== 'auto') return `${name} was chosen by hand, and a test step on it came out right.`
  if (refused.length === 0) return `${name} is the fastest backend, and a test step on it came out right.`
  return `${name} is the fastest backend that computed a test step correctly here.`
}

function sentenceOf(backend: BackendName, error: unknown): string {
  if (error instanceof BackendError) return error.message
  const cause = error instanceof Error ? error.message : String(error)
  return `${BACKEND_NAMES[backend]} does not work here: ${cause}`
}
