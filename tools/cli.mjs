import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './lib/install.mjs'
import { giveUp, ROOT } from './lib/root.mjs'
import { vulkanEnvironment } from './lib/vulkan.mjs'

// Runs src/cli/NAME.ts in this very process, so that its output, its exit code and its signals are those of the command.
const [name, ...rest] = process.argv.slice(2)
const source = join(ROOT, 'src', 'cli', name + '.ts')
if (!existsSync(source)) giveUp('There is no command “' + name + '”: src/cli/' + name + '.ts is missing.', 2)

// WebGPU’s driver has to be in the environment when the process starts: the command starts once more, with it.
const driver = rest.some((word) => /^(--backend=)?webgpu$/.test(word)) || name === 'bench' ? vulkanEnvironment() : {}
if (Object.keys(driver).length > 0) process.exit(await startedWith(driver))

// The WASM backend asks for these, which a module does not have.
const COMMONJS = 'import { fileURLToPath as pathOf } from "node:url";' +
  'const __filename = pathOf(import.meta.url), __dirname = pathOf(new URL(".", import.meta.url));'

install()
const script = await bundle(source)
process.argv = [process.execPath, script, ...rest]
// Whoever reads the output may stop early, as `head` does.
process.stdout.on('error', (/** @type {NodeJS.ErrnoException} */ { code }) => process.exit(code === 'EPIPE' ? 0 : 1))
await import(pathToFileURL(script).href)

/**
 * The command in a process of its own with more in its environment; a signal to this one ends that one.
 *
 * @param {Record<string, string>} environment
 * @returns {Promise<number>} its exit code
 */
function startedWith(environment) {
  const child = spawn(process.execPath, process.argv.slice(1), { env: { ...process.env, ...environment }, stdio: 'inherit' })
  process.on('SIGTERM', () => child.kill())
  // The terminal sends this one to both.
  process.on('SIGINT', () => {})
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)))
}

/**
 * The command as one module: tfjs has parts that only a bundler can resolve. It is named by its content, so that
 * commands that run at the same time never write the same file.
 *
 * @param {string} entry
 */
async function bundle(entry) {
  const { build } = await import('vite')
  const output = /** @type {import('vite').Rolldown.RolldownOutput} */ (await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    build: { ssr: entry, write: false, target: 'node20', minify: false, rolldownOptions: { output: { codeSplitting: false, banner: COMMONJS } } },
    ssr: { noExternal: true, resolve: { mainFields: ['module', 'main'] } },
  }))
  const code = output.output[0].code
  const folder = join(ROOT, 'node_modules', '.cache', 'commands')
  const file = join(folder, name + '-' + createHash('sha256').update(code).digest('hex').slice(0, 12) + '.mjs')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file + '.' + process.pid, code)
    renameSync(file + '.' + process.pid, file)
  }
  return file
}
