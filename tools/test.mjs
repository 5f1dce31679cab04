import { obtainBrowser } from './lib/browser.mjs'
import { install } from './lib/install.mjs'
import { runPlaywright, runVitest, runWhole } from './lib/stages.mjs'

install()

// Every stage runs, whatever the others have found: one run tells everything that is wrong.
const counts = [
  runWhole({ name: 'Type check', script: 'node_modules/typescript/bin/tsc', args: ['--noEmit'] }),
  runWhole({ name: 'Lint', script: 'node_modules/eslint/bin/eslint.js', args: ['--max-warnings', '0', '.'] }),
  runVitest(),
  runWhole({ name: 'Production build', script: 'tools/build.mjs' }),
  await browserTests(),
]
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
console.log('\n' + passed + ' passed, ' + failed + ' failed')
process.exitCode = failed === 0 ? 0 : 1

async function browserTests() {
  try {
    return runPlaywright(await obtainBrowser())
  } catch (error) {
    console.log('\n── Browser tests\n' + (error instanceof Error ? error.message : String(error)))
    return { passed: 0, failed: 1 }
  }
}
