import { engine } from '@tensorflow/tfjs-core'
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util.js'
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js'
import { openBareWebGPU } from '../../src/compute/bare-webgpu'
import { connectBackend } from '../../src/compute/connect-browser'
import { openWasm } from '../../src/compute/wasm-backend'
import { WASM_ENVIRONMENT } from '../../src/session/wasm-environment'
import { OPERATIONS } from './operations'

/** One of tfjs’s tests, as it came out. */
export interface SpecResult {
  name: string
  passed: boolean
  /** Why it failed. */
  message?: string
}

interface Jasmine {
  getEnv(): {
    configure(settings: { random: boolean }): void
    addReporter(reporter: { specDone?(result: JasmineResult): void; jasmineDone?(): void }): void
    execute(): void
  }
  DEFAULT_TIMEOUT_INTERVAL: number
}
interface JasmineResult { fullName: string; status: string; failedExpectations: { message: string }[] }

declare global {
  interface Window {
    /** The browser has run jasmine-core’s script before this one. */
    jasmineRequire: { core(self: unknown): Jasmine; interface(jasmine: Jasmine, env: unknown): object }
    /** Present once all tests have run. */
    specResults?: SpecResult[]
    /** Why they could not. */
    specTrouble?: string
  }
}

/** @param backend `wasm` or `webgpu`, with our kernels or with tfjs’s alone */
async function connect(backend: string, kernels: string): Promise<string> {
  if (kernels === 'own') {
    await connectBackend(backend as 'wasm' | 'webgpu', { gpu: navigator.gpu, wasm: WASM_ENVIRONMENT })
    return backend
  }
  if (backend === 'webgpu') await openBareWebGPU('stock', navigator.gpu, 'stock')
  else await openWasm(WASM_ENVIRONMENT)
  return backend === 'webgpu' ? 'stock' : backend
}

async function run(parameters: URLSearchParams): Promise<void> {
  const jasmine = window.jasmineRequire.core(window.jasmineRequire)
  const env = jasmine.getEnv()
  Object.assign(window, { jasmine }, window.jasmineRequire.interface(jasmine, env))
  jasmine.DEFAULT_TIMEOUT_INTERVAL = 300_000
  env.configure({ random: false })
  const results: SpecResult[] = []
  env.addReporter({
    specDone({ fullName, status, failedExpectations: [failure] }) {
      if (status === 'passed' || status === 'failed') {
        results.push({ name: fullName, passed: status === 'passed', ...(failure && { message: failure.message }) })
      }
    },
    jasmineDone: () => (window.specResults = results),
  })
  const backendName = await connect(parameters.get('backend')!, parameters.get('kernels')!)
  // A reset would take the backend away that our kernels stand on.
  engine().reset = () => {}
  setTestEnvs([{ name: 'backend', backendName, isDataSync: backendName === 'wasm' }])
  for (const name of parameters.get('operations')?.split(',') ?? Object.keys(OPERATIONS)) await OPERATIONS[name]!()
  env.execute()
}

run(new URLSearchParams(location.search)).catch((error: unknown) => {
  window.specTrouble = String(error)
})
