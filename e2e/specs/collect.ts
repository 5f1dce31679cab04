import { createRequire } from 'node:module'
import { chromium } from '@playwright/test'
import { launchOptions } from '../browser'
import type { SpecResult } from './main'

const JASMINE = createRequire(import.meta.url).resolve('jasmine-core/lib/jasmine-core/jasmine.js')

/** Runs tfjs’s tests at `address` on a backend with our kernels or with tfjs’s alone. */
export async function collect(
  address: string, backend: 'wasm' | 'webgpu', kernels: 'own' | 'stock', operations?: string,
): Promise<SpecResult[]> {
  const browser = await chromium.launch(await launchOptions(backend))
  try {
    const page = await browser.newPage()
    await page.addInitScript({ path: JASMINE })
    const query = new URLSearchParams({ backend, kernels, ...(operations && { operations }) })
    await page.goto(`${address}?${query}`)
    await page.waitForFunction(() => window.specResults ?? window.specTrouble, null, { timeout: 3_600_000, polling: 500 })
    const { results, trouble } = await page.evaluate(() => ({ results: window.specResults, trouble: window.specTrouble }))
    if (!results) throw new Error(`tfjs’s tests did not run on ${backend}: ${trouble}`)
    return results
  } finally {
    await browser.close()
  }
}

/** What stock tfjs passes and we do not, one line each; none is what is wanted. */
export function lost(own: readonly SpecResult[], stock: readonly SpecResult[]): string[] {
  const ours = new Map(own.map((result) => [result.name, result]))
  return stock.filter(({ name, passed }) => passed && !ours.get(name)?.passed)
    .map(({ name }) => `${name}: ${ours.get(name)?.message ?? 'did not run'}`)
}
