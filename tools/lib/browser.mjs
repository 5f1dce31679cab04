import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ROOT } from './root.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const WINDOWS_CHROME = join('Google', 'Chrome', 'Application', 'chrome.exe')
const MAC_BUNDLES = ['Chromium.app/Contents/MacOS/Chromium', 'Google Chrome.app/Contents/MacOS/Google Chrome']

/**
 * The Chromium or Chrome to test with: CHROMIUM_PATH, else one installed on this machine, else Playwright's own download.
 *
 * @returns {Promise<string | undefined>} its path, or undefined when this machine has none that starts
 * @throws {Error} when CHROMIUM_PATH names a browser that does not start
 */
export async function findBrowser() {
  const asked = process.env.CHROMIUM_PATH
  if (asked) {
    if (starts(asked)) return asked
    throw new Error('CHROMIUM_PATH is “' + asked + '”, which does not start as a browser: correct it or leave it out.')
  }
  return installedPlaces().find(starts) ?? (await downloadedBrowser())
}

/**
 * Finds a browser as `findBrowser` does, and failing that gets one: Playwright's download first, then Debian's package.
 *
 * @returns {Promise<string>} its path
 * @throws {Error} one sentence, when none could be found or had
 */
export async function obtainBrowser() {
  const found = await findBrowser()
  if (found) return found
  console.log('No Chromium or Chrome on this machine: downloading one for the tests …')
  downloadWithPlaywright()
  const downloaded = await downloadedBrowser()
  if (downloaded) return downloaded
  if (installWithApt()) {
    const installed = await findBrowser()
    if (installed) return installed
  }
  throw new Error(
    'There is no Chromium or Chrome on this machine, and neither Playwright nor apt-get could install one: ' +
      'install one of them, or set CHROMIUM_PATH to the one you have.',
  )
}

function installedPlaces() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const fromPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const fromMac = ['/Applications', join(process.env.HOME ?? '', 'Applications')].flatMap((folder) =>
    MAC_BUNDLES.map((bundle) => join(folder, bundle)),
  )
  const fromWindows = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((variable) =>
    join(process.env[variable] ?? '', WINDOWS_CHROME),
  )
  switch (process.platform) {
    case 'win32':
      return fromWindows
    case 'darwin':
      return [...fromMac, ...fromPath]
    default:
      return fromPath
  }
}

async function downloadedBrowser() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return starts(path) ? path : undefined
}

/**
 * Whether there is a browser that can start: one whose system libraries are missing exists, but does not.
 *
 * @param {string} path
 */
function starts(path) {
  if (!existsSync(path)) return false
  // Chrome on Windows opens a window instead of telling its version.
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0
}

function downloadWithPlaywright() {
  const playwright = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js')
  spawnSync(process.execPath, [playwright, 'install', 'chromium'], {
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000', ...process.env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

/** Whether apt-get could install Chromium, which it can on Debian for root. */
function installWithApt() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  console.log('Playwright could not download a browser: trying apt-get …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  /** @param {string[]} args */
  const succeeds = (args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
  return succeeds(['update']) && succeeds(['install', '-y', '--no-install-recommends', 'chromium'])
}
