import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './root.mjs'

const SOURCES = ['index.html', 'package-lock.json', 'public', 'src', 'tsconfig.json', 'vite.config.ts']
const PAGE = join(ROOT, 'dist', 'index.html')
const STAMP = join(ROOT, 'node_modules', '.cache', 'playground', 'built-from')

/** Builds the static site into dist/. */
export async function buildSite() {
  const sources = fingerprint()
  // Vite obeys an inherited NODE_ENV, which could give the page the development build of React.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({ root: ROOT, logLevel: 'warn' })
  mkdirSync(dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, sources)
}

/** Builds the site unless dist/ was built from the very sources that are there now. */
export async function buildSiteIfChanged() {
  const isCurrent = existsSync(PAGE) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint()
  if (isCurrent) return
  console.error('Building the page …')
  await buildSite()
}

/** Changes when a source is added, removed, renamed or written; tests are no part of the page. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const source of SOURCES) addTo(hash, source)
  return hash.digest('hex')
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path relative to the repository
 */
function addTo(hash, path) {
  const absolute = join(ROOT, path)
  const entry = statSync(absolute)
  if (entry.isDirectory()) {
    for (const name of readdirSync(absolute).sort()) addTo(hash, path + '/' + name)
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(path + ' ' + entry.size + ' ' + entry.mtimeMs + '\n')
  }
}
