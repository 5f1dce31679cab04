import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './root.mjs'

/** @typedef {{ passed: number, failed: number }} Count */
/** @typedef {{ name: string, script: string, args?: string[], env?: Record<string, string> }} Stage script from the repository's root */
/** @typedef {{ status: string, assertionResults: { status: string }[] }} VitestFile */
/** @typedef {{ numPassedTests: number, numFailedTests: number, testResults: VitestFile[] }} VitestReport */
/** @typedef {{ stats: { expected: number, flaky: number, unexpected: number } }} PlaywrightReport */

const REPORTS = join(ROOT, 'node_modules', '.cache', 'playground')

/**
 * Runs a stage that is one test as a whole.
 *
 * @param {Stage} stage
 * @returns {Count}
 */
export function runWhole(stage) {
  const succeeded = run(stage)
  return { passed: Number(succeeded), failed: Number(!succeeded) }
}

/**
 * Runs the unit tests and counts them by Vitest's own report.
 *
 * @returns {Count}
 */
export function runVitest() {
  const report = emptyPlaceFor('vitest.json')
  const succeeded = run({
    name: 'Unit tests',
    script: 'node_modules/vitest/vitest.mjs',
    args: ['run', '--reporter=default', '--reporter=json', '--outputFile.json=' + report],
  })
  return counted(report, succeeded, (/** @type {VitestReport} */ { numPassedTests, numFailedTests, testResults }) => {
    // A file that cannot even be loaded holds no test that could fail.
    const broken = testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
    )
    return { passed: numPassedTests, failed: numFailedTests + broken.length }
  })
}

/**
 * Runs the browser tests and counts them by Playwright's own report.
 *
 * @param {string} browser path of the browser
 * @returns {Count}
 */
export function runPlaywright(browser) {
  const report = emptyPlaceFor('playwright.json')
  const succeeded = run({
    name: 'Browser tests',
    script: 'node_modules/@playwright/test/cli.js',
    args: ['test', '--reporter=list,json'],
    env: { CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  })
  return counted(report, succeeded, (/** @type {PlaywrightReport} */ { stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  }))
}

/**
 * The report's figures, or one failure where the runner failed without a failed test to show for it.
 *
 * @template Report
 * @param {string} report
 * @param {boolean} succeeded
 * @param {(found: Report) => Count} read
 * @returns {Count}
 */
function counted(report, succeeded, read) {
  const count = existsSync(report) ? read(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 0 }
  const hasCrashed = count.failed === 0 && (!succeeded || count.passed === 0)
  return hasCrashed ? { ...count, failed: 1 } : count
}

/**
 * Runs a script of Node's with its output on the terminal.
 *
 * @param {Stage} stage
 * @returns {boolean} whether it succeeded
 */
function run({ name, script, args = [], env = {} }) {
  console.log('\n── ' + name)
  const { NODE_ENV: _, ...inherited } = process.env
  const { status } = spawnSync(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) console.log(name + ': failed')
  return status === 0
}

/** @param {string} name */
function emptyPlaceFor(name) {
  const file = join(REPORTS, name)
  rmSync(file, { force: true })
  return file
}
