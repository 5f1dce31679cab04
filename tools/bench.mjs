import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { install } from './lib/install.mjs'
import { giveUp, ROOT } from './lib/root.mjs'

/** What the page measures. */
const PARTS = ['step', 'kernels', 'growth', 'wasm']

// Measures in Node, or with --browser in Chromium, on the page that a visitor measures with.
const rest = process.argv.slice(2).filter((word) => word !== '--browser')
if (rest.length === process.argv.length - 2) {
  process.argv = [process.execPath, join(ROOT, 'tools', 'cli.mjs'), 'bench', ...rest]
  await import('./cli.mjs')
} else {
  const { json, ...wanted } = readArguments(rest)
  install()
  const { withPage } = await import('./lib/with-page.mjs')
  console.log(await withPage('e2e/bench-in-browser.ts', ({ benchInBrowser }, address) => benchInBrowser(address, wanted, json)))
}

/** @param {string[]} args */
function readArguments(args) {
  try {
    const { values } = parseArgs({ args, options: {
      json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '3' }, parts: { type: 'string', default: 'step,wasm' },
      'without-jax': { type: 'boolean', default: false },
    } })
    const { json, rounds, parts, 'without-jax': withoutJax } = values
    if (!(Number.isInteger(Number(rounds)) && Number(rounds) >= 1)) giveUp('--rounds is “' + rounds + '”; give a whole number from 1 on.', 2)
    const unknown = parts.split(',').find((part) => !PARTS.includes(part))
    if (unknown !== undefined) giveUp('There is no part “' + unknown + '” in a browser; choose from ' + PARTS.join(', ') + '.', 2)
    return { json, rounds, parts, withoutJax }
  } catch (error) {
    const options = ' With --browser the options are --json, --rounds N, --parts ' + PARTS.join(',') + ' and --without-jax.'
    return giveUp((error instanceof Error ? error.message : String(error)) + options, 2)
  }
}
