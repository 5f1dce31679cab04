import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { obtainBrowser } from './lib/browser.mjs'
import { install } from './lib/install.mjs'
import { nextFreePort } from './lib/port.mjs'
import { giveUp, ROOT } from './lib/root.mjs'

// Runs tfjs-core’s own tests of the operations that have kernels of ours, with them and without, in Chromium.
const BACKENDS = /** @type {const} */ (['wasm', 'webgpu'])
const { backends, operations } = readArguments()
install()
const { build, preview, runnerImport } = await import('vite')
await checkOperations()
process.env.CHROMIUM_PATH = await obtainBrowser().catch((/** @type {Error} */ { message }) => giveUp(message, 2))
const root = join(ROOT, 'e2e', 'specs')
const outDir = join(ROOT, 'node_modules', '.cache', 'specs')
await build({ root, base: './', configFile: false, logLevel: 'error', worker: { format: 'es' }, build: {
  outDir, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 8192,
  // tfjs says that its tests have no effect.
  rolldownOptions: { treeshake: false },
} })
const server = await preview({
  root, configFile: false, logLevel: 'error', build: { outDir },
  preview: { host: '127.0.0.1', port: await nextFreePort(4600), strictPort: true },
})
let failed = false
try {
  const { module } = await runnerImport('/e2e/specs/collect.ts', { root: ROOT, configFile: false, logLevel: 'error' })
  const address = 'http://localhost:' + server.config.preview.port + '/'
  for (const backend of backends) {
    const stock = await module.collect(address, backend, 'stock', operations)
    const own = await module.collect(address, backend, 'own', operations)
    const lost = module.lost(own, stock)
    console.log(backend + ': ' + passes(own) + ' with our kernels, ' + passes(stock) + ' with tfjs’s alone; lost: ' + lost.length)
    for (const line of lost) console.log('  ' + line)
    if (stock.length === 0) console.log('  None of tfjs’s tests ran, so nothing is shown.')
    failed ||= lost.length > 0 || stock.length === 0
  }
} finally {
  await server.close()
}
process.exitCode = failed ? 1 : 0

/** @param {{ passed: boolean }[]} results */
function passes(results) {
  return results.filter(({ passed }) => passed).length + ' of ' + results.length + ' pass'
}

function readArguments() {
  try {
    const { values } = parseArgs({ options: { backend: { type: 'string' }, operations: { type: 'string' } } })
    const backends = BACKENDS.filter((name) => values.backend === undefined || values.backend === name)
    if (backends.length === 0) giveUp('--backend is “' + values.backend + '”; choose wasm or webgpu, or leave it out for both.', 2)
    return { backends, operations: values.operations }
  } catch (error) {
    return giveUp((error instanceof Error ? error.message : String(error)) + ' The options are --backend and --operations conv2d,sum,….', 2)
  }
}

async function checkOperations() {
  const { module } = await runnerImport('/e2e/specs/operations.ts', { root: ROOT, configFile: false, logLevel: 'error' })
  const known = Object.keys(module.OPERATIONS)
  const unknown = operations?.split(',').find((name) => !known.includes(name))
  if (unknown !== undefined) giveUp('There are no tests of “' + unknown + '”; choose from ' + known.join(', ') + '.', 2)
}
