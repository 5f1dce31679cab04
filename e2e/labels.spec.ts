import type { Locator, Page } from '@playwright/test'
import { TINY } from './playground'
import { expect, test } from './test'

const grid = (page: Page) => page.getByRole('listbox', { name: 'Training pictures' })
const meter = (page: Page) => page.getByText(/^\d+ of 300 labelled/)

test('labels are given and taken by click and by key, counted, undone, marked under way and carried by the link', async ({ playground, page }) => {
  await playground.open({ ...TINY, steps: 100_000 }, 'wasm')
  await page.getByRole('tab', { name: 'Pictures & labels' }).click()
  await expect(meter(page)).toContainText('100 of 300 labelled')
  await page.getByLabel('Order').selectOption('class')

  await grid(page).click({ position: { x: 20, y: 20 } })
  await expect(meter(page)).toContainText(/(99|101) of 300/)
  await grid(page).click({ position: { x: 20, y: 20 } })
  await expect(meter(page)).toContainText('100 of 300')

  const option = page.getByRole('option', { name: /^Picture / })
  const before = await option.textContent()
  await grid(page).press('ArrowRight')
  await expect(option).not.toHaveText(before ?? '')
  const labelled = await option.getAttribute('aria-selected')
  await grid(page).press(' ')
  await expect(option).toHaveAttribute('aria-selected', labelled === 'true' ? 'false' : 'true')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(option).toHaveAttribute('aria-selected', labelled ?? '')
  await expect(meter(page)).toContainText('100 of 300')

  await playground.train.click()
  await playground.reaches(2)
  await page.getByRole('button', { name: 'Give 10' }).click()
  await expect(meter(page)).toContainText('110 of 300')
  await expect(playground.charts.getByText('labels +10').first()).toBeVisible()
  await expect.poll(() => page.url()).toMatch(/[#&]labels=[0-9a-z.*]+/)
  await page.getByLabel('Order').selectOption('uncertain')
  await expect(page.getByRole('option', { name: /The model says/ })).toBeAttached()

  await page.reload()
  await page.getByRole('tab', { name: 'Pictures & labels' }).click()
  await expect(meter(page)).toContainText('110 of 300 labelled')
})

test('views are cut again when a slider moves, before training and while it goes on', async ({ playground, page }) => {
  await playground.open({ ...TINY, steps: 100_000 }, 'wasm')
  await page.getByRole('tab', { name: 'Views' }).click()
  const view = page.getByRole('img', { name: /^First global view/ })
  const settings = page.getByRole('group', { name: 'How views are cut' })
  await expect.poll(() => pixelsOf(view)).not.toBe('')
  let before = await pixelsOf(view)
  await settings.getByRole('slider', { name: 'Smallest crop', exact: true }).press('Home')
  await expect.poll(() => pixelsOf(view)).not.toBe(before)
  await settings.getByRole('slider', { name: 'Small views', exact: true }).press('ArrowRight')
  await expect(page.getByRole('img', { name: /^Small view 1/ })).toBeVisible()
  await playground.train.click()
  await playground.reaches(2)
  before = await pixelsOf(view)
  await page.getByRole('button', { name: 'Throw again' }).click()
  await expect.poll(() => pixelsOf(view)).not.toBe(before)
})

function pixelsOf(view: Locator): Promise<string> {
  return view.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
}
