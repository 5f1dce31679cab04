import { chromium, type Page } from '@playwright/test'
import { linesOf } from '../src/training/bench/table'
import type { BenchResult } from '../src/training/bench/measure'
import { launchOptions } from './browser'

export interface Wanted {
  rounds: string
  parts: string
  withoutJax: boolean
}

/** What the page `?bench` at `address` measures in Chromium, on a software adapter, as JSON or as lines for people. */
export async function benchInBrowser(address: string, { rounds, parts, withoutJax }: Wanted, json: boolean): Promise<string> {
  const browser = await chromium.launch(await launchOptions('webgpu'))
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
    const page = await context.newPage()
    await page.goto(`${address}?bench&rounds=${rounds}&parts=${parts}`)
    if (withoutJax) await page.getByLabel('Leave jax-js out').check()
    await page.getByRole('button', { name: 'Measure' }).click()
    await measured(page)
    await page.getByRole('button', { name: 'Copy the result' }).click()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    return json ? JSON.stringify(JSON.parse(text)) : linesOf(JSON.parse(text) as BenchResult).join('\n')
  } finally {
    await browser.close()
  }
}

/** Resolves when the page has measured; rejects with its sentence when it could not. */
async function measured(page: Page): Promise<void> {
  const status = page.getByRole('status').first()
  await page.waitForFunction(() => !/^(Measuring|$)/.test(document.querySelector('[role=status]')!.textContent!), undefined, { timeout: 0 })
  const sentence = await status.innerText()
  if (!sentence.startsWith('Measured')) throw new Error(sentence)
}
