import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { readLabelEdits } from '../src/recipe/label-edits'
import { decodeCheckpoint } from '../src/training/checkpoint'
import { PITCH } from '../src/app/widgets/tile-grid/grid-layout'
import { TINY } from './playground'
import { expect, test } from './test'

const grid = (page: Page) => page.getByRole('listbox', { name: 'Training pictures' })
const meter = (page: Page) => page.getByText(/^\d+ of 300 labelled/)

test('labels are given and taken by click and by key, counted, undone, marked under way and carried by the link', async ({ playground, page }) => {
  await playground.open({ ...TINY, steps: 100_000 }, 'wasm')
  await page.getByRole('tab', { name: 'Labels' }).click()
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
  await page.getByRole('tab', { name: 'Labels' }).click()
  await expect(meter(page)).toContainText('110 of 300 labelled')
})

test('on the wall a click still meets the picture under the pointer', async ({ playground, page }) => {
  await playground.open(TINY, 'wasm')
  await page.getByRole('tab', { name: 'Labels' }).click()
  await page.getByLabel('Order').selectOption('class')
  await grid(page).press('Home')
  for (let i = 0; i < 6; i++) await grid(page).press('ArrowRight')
  const option = page.getByRole('option', { name: /^Picture / })
  // The click changes what is said behind the number.
  const [seventh = ''] = /^Picture [\d,]+:/.exec(await option.textContent() ?? '') ?? []
  await grid(page).press('Home')
  await expect(option).not.toContainText(seventh)
  await page.keyboard.press('p')
  await expect(page.locator('html')).toHaveAttribute('data-projector')
  const scale = await grid(page).evaluate((element) => element.getBoundingClientRect().width / (element as HTMLElement).offsetWidth)
  expect(scale).toBeGreaterThan(1.1)
  await grid(page).click({ position: { x: 6.5 * PITCH * scale, y: 0.5 * PITCH * scale } })
  await expect(option).toContainText(seventh)
})

test('a budget is spent in every order, and a spent label is part of the link and of the checkpoint', async ({ playground, page }, testInfo) => {
  await playground.open({ ...TINY, labelsPerClass: 1, steps: 100_000 }, 'wasm')
  await page.getByRole('tab', { name: 'Labels' }).click()
  await expect(meter(page)).toContainText('10 of 300 labelled')
  const order = page.getByLabel('Order')
  const option = page.getByRole('option', { name: /^Picture / })
  await expect(order.getByRole('option', { name: 'most uncertain first' })).toBeDisabled()

  await page.getByLabel('How many labels to give or take at once').fill('5')
  const pictures = page.getByRole('combobox', { name: 'Pictures', exact: true })
  await pictures.selectOption({ label: 'of stripes (1)' })
  await page.getByRole('button', { name: 'Give 5' }).click()
  await expect(meter(page)).toContainText('15 of 300 labelled (5.0 %) · 5 given')
  await expect(page.getByRole('img', { name: /^Labels by class: plain 1, stripes 6, checks 1/ })).toBeVisible()
  await pictures.selectOption({ label: 'of all classes' })
  await order.selectOption('labelled')
  await page.getByRole('button', { name: 'Take 5' }).click()
  await expect(meter(page)).toContainText('10 of 300')
  await page.getByRole('button', { name: 'Back to the seed’s' }).click()
  await expect(meter(page)).toContainText(/10 of 300 labelled \(3\.3\s%\)$/)

  await order.selectOption('random')
  const first = await option.textContent()
  await page.getByRole('tabpanel').getByRole('spinbutton', { name: 'Seed' }).fill('9')
  await expect(option).not.toHaveText(first ?? '')

  await playground.train.click()
  await playground.reaches(2)
  for (const [name, more] of [['near', 5], ['uncertain', 10], ['wrong', 15]] as const) {
    await order.selectOption(name)
    await expect(option).toContainText('The model says')
    await page.getByRole('button', { name: 'Give 5' }).click()
    await expect(meter(page)).toContainText(`${10 + more} of 300`)
  }
  await playground.halt()
  // A checkpoint holds the labels that the last step has learned from.
  await playground.stepOnce()

  const saving = page.waitForEvent('download')
  await playground.settings.getByText('Checkpoint', { exact: true }).click()
  await page.getByRole('button', { name: 'Save checkpoint' }).click()
  const file = testInfo.outputPath('run.ckpt')
  await (await saving).saveAs(file)
  const { recipe } = decodeCheckpoint(readFileSync(file), 'it')
  expect(readLabelEdits(recipe.labels).given.size).toBe(15)
  expect(page.url()).toContain(`labels=${encodeURIComponent(recipe.labels)}`)
})

test('wrong labels are told apart, and scarce classes have fewer pictures', async ({ playground, page }) => {
  await playground.open({ ...TINY, labelsPerClass: 4, labelNoise: 0.5, imbalance: 10 }, 'wasm')
  await page.getByRole('tab', { name: 'Labels' }).click()
  await expect(page.getByText(/^\d+ of 1[12]\d labelled .* · \d+ wrong$/)).toBeVisible()
  await page.getByLabel('Order').selectOption('labelled')
  await grid(page).focus()
  await expect.poll(async () => {
    await grid(page).press('ArrowRight')
    return page.getByRole('option', { name: /^Picture / }).textContent()
  }).toMatch(/, wrongly labelled /)
})

test('views are cut again when a slider moves, before training, while it goes on and in a pause', async ({ playground, page }) => {
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
  await playground.pause.click()
  await expect(playground.train).toBeVisible()
  before = await pixelsOf(view)
  await settings.getByRole('slider', { name: 'Colour jitter', exact: true }).press('End')
  await expect.poll(() => pixelsOf(view)).not.toBe(before)
})

function pixelsOf(view: Locator): Promise<string> {
  return view.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
}
