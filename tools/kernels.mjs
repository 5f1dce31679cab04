import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install } from './lib/install.mjs'
import { ROOT } from './lib/root.mjs'

// Compiles the kernels of the WASM backend (AssemblyScript) and writes them where the backend reads them.
const FOLDER = join(ROOT, 'src', 'compute', 'kernels', 'wasm')
const TARGET = join(FOLDER, 'binaries.ts')

/** Fused multiply-adds, where the engine has relaxed SIMD, and memory that threads share: what a variant is built with. */
const VARIANTS = {
  plain: [],
  shared: ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'],
  fused: ['--enable', 'relaxed-simd'],
  fusedShared: ['--enable', 'relaxed-simd', '--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'],
}

/** The text of binaries.ts for the sources as they are. */
export async function compileKernels() {
  const lines = []
  for (const [name, flags] of Object.entries(VARIANTS)) {
    lines.push('  ' + name + ": '" + Buffer.from(await compile(flags)).toString('base64') + "',")
  }
  return [
    '// Made by `npm run build:kernels` from assembly/; not to be edited.',
    'export const BINARIES = {',
    ...lines,
    '} as const',
    '',
  ].join('\n')
}

/** @param {string[]} flags */
async function compile(flags) {
  /** @type {Uint8Array | undefined} */
  let binary
  const { default: asc } = await import('assemblyscript/asc')
  const { error, stderr } = await asc.main([
    'assembly/index.ts', '--outFile', 'kernels.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--importMemory',
    '--enable', 'simd', ...flags,
  ], {
    readFile: (name, base) => {
      try {
        return readFileSync(join(base === '.' ? FOLDER : join(FOLDER, base), name), 'utf8')
      } catch {
        return null
      }
    },
    writeFile: (_name, contents) => {
      binary = /** @type {Uint8Array} */ (contents)
    },
    listFiles: () => [],
  })
  if (error || !binary) throw new Error('The kernels do not compile.\n' + stderr.toString())
  return binary
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  install()
  writeFileSync(TARGET, await compileKernels())
}
