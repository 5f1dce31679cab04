import { chromium, type Browser, type Page } from '@playwright/test'
import type { Changes } from '../src/recipe/recipe'
import { launchOptions } from './browser'
import { Playground } from './playground'

const WIDE = { width: 1280, height: 720 }
const NARROW = { width: 390, height: 844 }
/** A live change stands on the charts of a run that is this far. */
const CHANGE_AT = 150
const PICTURE_AT = 400

const RECIPE: Changes = {
  encoder: 'conv4', width: 8, trainSize: 3_000, testSize: 500, labelsPerClass: 25, learningRate: 0.05,
  unlabelledBatch: 64, labelledBatch: 32, steps: 600, metricsEvery: 2, evaluateEvery: 25,
}

/** Takes the README’s pictures of the page at `address`, of real runs on the built-in pictures. */
export async function takePictures(address: string, folder: string): Promise<void> {
  const browser = await chromium.launch(await launchOptions('wasm'))
  try {
    const light = await trained(browser, address, { ...RECIPE, method: 'suave' }, 'light', 'Epsilon')
    await showView(light.page, 'Prototypes')
    await light.page.screenshot({ path: `${folder}/light.png` })
    await showView(light.page, 'Batch')
    await light.page.setViewportSize(NARROW)
    await light.page.evaluate(() => scrollTo(0, 0))
    await light.page.waitForTimeout(2_000)
    await light.page.screenshot({ path: `${folder}/phone.png` })
    await light.page.close()
    const dark = await trained(browser, address, { ...RECIPE, method: 'daino' }, 'dark', 'Centre momentum')
    await showView(dark.page, 'Map')
    await dark.page.screenshot({ path: `${folder}/dark.png` })
  } finally {
    await browser.close()
  }
}

/** Opens a view of the stage and leaves it time for a snapshot of the model. */
async function showView(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click()
  await page.waitForTimeout(8_000)
}

/** A page in the middle of a run in which a live slider was moved. */
async function trained(
  browser: Browser, address: string, changes: Changes, colorScheme: 'light' | 'dark', slider: string,
): Promise<Playground> {
  const page = await browser.newPage({ baseURL: address, viewport: WIDE, colorScheme, serviceWorkers: 'block' })
  const playground = new Playground(page)
  await playground.open(changes, 'wasm')
  await playground.train.click()
  await playground.reaches(CHANGE_AT, 600_000)
  await playground.slider(slider).press('PageDown')
  await playground.slider(slider).blur()
  await playground.reaches(PICTURE_AT, 600_000)
  return playground
}
