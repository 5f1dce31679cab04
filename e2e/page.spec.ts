import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { TINY, type Playground } from './playground'
import { expect, test } from './test'

const SCREENS = [{ width: 1280, height: 720 }, { width: 390, height: 844 }]

for (const screen of SCREENS) {
  test(`nothing stands in anybody’s way on ${screen.width}×${screen.height}, by day and by night`, async ({ playground, page }) => {
    await page.setViewportSize(screen)
    await playground.open({ ...TINY, steps: 100_000 })
    await inBothThemes(page, playground)
    await playground.train.click()
    await playground.reaches(3)
    await expect(playground.heatMap).toBeVisible()
    await inBothThemes(page, playground)
  })
}

async function inBothThemes(page: Page, playground: Playground): Promise<void> {
  for (const theme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${theme} colours` }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => `${theme}: ${id} at ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([])
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
