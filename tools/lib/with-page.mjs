import { preview, runnerImport } from 'vite'
import { obtainBrowser } from './browser.mjs'
import { nextFreePort } from './port.mjs'
import { giveUp, ROOT } from './root.mjs'
import { buildSiteIfChanged } from './site.mjs'

/**
 * Serves the built page while a script of e2e/ uses it.
 *
 * @template Result
 * @param {string} script path within the repository
 * @param {(module: Record<string, Function>, address: string) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withPage(script, use) {
  process.env.CHROMIUM_PATH = await obtainBrowser().catch((/** @type {Error} */ { message }) => giveUp(message, 2))
  await buildSiteIfChanged()
  const port = await nextFreePort(4500)
  const server = await preview({ root: ROOT, logLevel: 'error', preview: { host: '127.0.0.1', port, strictPort: true } })
  try {
    const { module } = await runnerImport('/' + script, { root: ROOT, configFile: false, logLevel: 'error' })
    return await use(module, 'http://localhost:' + port + '/')
  } finally {
    await server.close()
  }
}
