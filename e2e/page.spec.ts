import AxeBuilder from '@axe-core/playwright'
import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { TINY, type Playground } from './playground'
import { expect, test } from './test'

const SCREENS = [{ width: 1280, height: 720 }, { width: 390, height: 844 }]

for (const screen of SCREENS) {
  test(`nothing stands in anybody’s way on ${screen.width}×${screen.height}: by day, by night, on a wall, in every view`, async ({ playground, page }) => {
    // Ten views in four looks.
    test.setTimeout(900_000)
    await page.setViewportSize(screen)
    await playground.open({ ...TINY, steps: 100_000 })
    await inAllLooks(page, playground)
    await playground.train.click()
    await playground.reaches(3)
    await expect(playground.heatMap).toBeVisible()
    // A run at rest leaves the processor to axe.
    await playground.halt()
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click()
      await inAllLooks(page, playground, '[role=tabpanel]')
    }
  })
}

/** Asks axe about a part of the page; the rest stays as it is from view to view. */
async function inAllLooks(page: Page, playground: Playground, part = 'body'): Promise<void> {
  for (const look of ['dark', 'dark on a wall', 'light on a wall', 'light']) {
    const theme = look.split(' ')[0]!
    const toggle = page.getByRole('button', { name: `Switch to ${theme} colours` })
    if (await toggle.isVisible()) await toggle.click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    const wall = page.getByRole('button', { name: 'Projector mode' })
    if ((await wall.getAttribute('aria-pressed') === 'true') !== look.includes('wall')) await wall.click()
    const { violations } = await new AxeBuilder({ page }).include(part).analyze()
    expect(violations.map(({ id, nodes }) => `${look}: ${id} at ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([])
    await fits(page)
  }
  await expect(playground.notices).toHaveCount(0)
}

/** A wide screen shows all without scrolling; a narrow one scrolls down only. */
async function fits(page: Page): Promise<void> {
  const { width, height } = page.viewportSize()!
  const needs = await page.evaluate(() => {
    const { scrollWidth, scrollHeight } = document.documentElement
    return { scrollWidth, scrollHeight }
  })
  expect(needs.scrollWidth).toBeLessThanOrEqual(width)
  if (width > height) expect(needs.scrollHeight).toBeLessThanOrEqual(height)
}

test('the keyboard alone trains, pauses, steps and resets', async ({ playground, page }) => {
  await playground.open({ ...TINY, steps: 100_000 })
  await page.keyboard.press('s')
  await expect(playground.status).toHaveText('Paused at step 1.')
  await page.keyboard.press(' ')
  await playground.reaches(4)
  await page.keyboard.press(' ')
  await expect(playground.status).toHaveText(/^Paused at step \d+\.$/)
  await page.keyboard.press('r')
  await expect(playground.status).toHaveText('Ready.')
  await page.keyboard.press('Tab')
  await expect(playground.train).toBeFocused()
  await page.keyboard.press('Enter')
  await playground.reaches(1)
})

test('a screen reader hears every single step, and a key opens the list of keys', async ({ playground, page }) => {
  await playground.open({ ...TINY, steps: 100_000 })
  for (const step of [1, 2, 3]) {
    await page.keyboard.press('s')
    await expect(playground.status).toHaveText(`Paused at step ${step}.`)
  }
  await page.keyboard.press('?')
  await expect(page.getByText('Move the cursor, with its values')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Move the cursor, with its values')).toBeHidden()
})

test('projector mode is larger, fits, and is there at the next visit', async ({ playground, page }) => {
  await playground.open()
  const before = (await playground.train.boundingBox())!.height
  await page.keyboard.press('p')
  await expect.poll(async () => (await playground.train.boundingBox())!.height).toBeGreaterThan(1.2 * before)
  await fits(page)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Projector mode' })).toHaveAttribute('aria-pressed', 'true')
})

test('the page needs at most 250 KB of compressed scripts before the worker’s part', async ({ playground, page }) => {
  await playground.open()
  await expect(playground.charts.getByRole('figure').first()).toBeVisible()
  const scripts = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.endsWith('.js')))
  // Chromium lists among the page’s scripts what its workers import.
  const ofWorkers = await withImports(page, page.workers().map((worker) => worker.url()))
  const ofPage = await withImports(page, scripts.filter((name) => !ofWorkers.has(name)))
  const own = [...ofPage]
  expect(own.length).toBeGreaterThanOrEqual(2)
  const sizes = await Promise.all(own.map(async (name) => gzipSync(await (await page.request.get(name)).body()).length))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  test.info().annotations.push({ type: 'first load', description: `${Math.round(total / 1_000)} KB in ${sizes.length} scripts` })
  expect(total).toBeLessThanOrEqual(250_000)
})

test('colours that were chosen are there at the next visit', async ({ playground, page }) => {
  await playground.open()
  await page.getByRole('button', { name: 'Switch to dark colours' }).click()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('button', { name: 'Switch to light colours' })).toBeVisible()
  await expect(playground.train).toBeVisible()
})

test.describe('with its service worker', () => {
  test.use({ serviceWorkers: 'allow' })

  test('the page opens and trains without a network after the first visit', async ({ playground, page, context }) => {
    await playground.open(TINY)
    await page.evaluate(() => navigator.serviceWorker.ready)
    await context.setOffline(true)
    await page.reload()
    await playground.ready()
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    await playground.train.click()
    await playground.reaches(3)
    await playground.halt()
    expect(await playground.pointsOf('Loss')).toHaveLength(3)
  })
})

/** Scripts and all that they import before they run. */
async function withImports(page: Page, names: readonly string[], found = new Set<string>()): Promise<Set<string>> {
  for (const name of names) {
    if (found.has(name)) continue
    found.add(name)
    const text = await (await page.request.get(name)).text()
    const imports = [...text.matchAll(/(?:from|import)\s*"(\.\/[^"]+\.js)"/g)]
    await withImports(page, imports.map(([, path]) => new URL(path!, name).href), found)
  }
  return found
}
