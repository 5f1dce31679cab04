import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { percent } from '../src/app/format'
import { TINY } from './playground'
import { expect, test } from './test'
import { keepWorkerEvents } from './worker-events'

test.beforeEach(({ page }) => keepWorkerEvents(page))

const cards = (page: Page) => page.getByRole('list', { name: /^\d+ prototypes$/ }).getByRole('button')
const tab = (page: Page) => page.getByRole('tab', { name: 'Prototypes' })

test('a learner reads the prototypes, walks along them and opens one’s pictures, with the keyboard', async ({ playground, page }) => {
  await playground.open({ ...TINY, steps: 50 }, 'wasm')
  await tab(page).click()
  await expect(page.getByText('Take a step or train: the prototypes then have pictures around them.')).toBeVisible()
  await playground.step.click()
  await expect(cards(page)).toHaveCount(10)

  const { usage, sharpness, members, top } = await counted(page)
  const used = usage.flatMap((share, k) => (share > 0 ? [k] : []))
  for (const k of used) {
    await expect(cards(page).nth(k)).toContainText(percent(usage[k]))
    await expect(cards(page).nth(k)).toContainText(sharpness[k]!.toFixed(2))
    const own = top[k] === k
    await expect(cards(page).nth(k)).toContainText(own ? '✓' : 'mostly')
  }
  await expect(page.locator('dl[aria-label^="Measures at step 1,"] dd').first()).toHaveText(String(used.length))

  await cards(page).first().focus()
  for (let k = 0; k < used[0]!; k++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowRight')
  await expect(cards(page).nth(9)).toBeFocused()
  await page.keyboard.press('Home')
  for (let k = 0; k < used[0]!; k++) await page.keyboard.press('ArrowRight')
  await expect(cards(page).nth(used[0]!)).toBeFocused()
  await page.keyboard.press('Enter')
  const grid = page.getByRole('listbox', { name: /^Pictures of .*, the nearest first$/ })
  await expect(grid).toBeFocused()
  const option = grid.getByRole('option')
  await expect(option).toHaveAttribute('aria-setsize', String(members[used[0]!]!.length))
  await expect(option).toContainText(`Cosine ${members[used[0]!]![0]!.toFixed(3)}`)
  expect(await playground.coloursOf(page.getByRole('tabpanel').locator('canvas'))).toBeGreaterThan(20)
  await page.keyboard.press('Escape')
  await expect(cards(page).nth(used[0]!)).toBeFocused()
})

test('the view follows the run while it is on screen, and costs nothing once it is not', async ({ playground, page }) => {
  await playground.open({ ...TINY, method: 'supervised', steps: 2_000 }, 'wasm')
  await tab(page).click()
  await playground.train.click()
  const step = () => page.locator('dl[aria-label^="Measures at step"]').getAttribute('aria-label').then((text) => Number(/step (\d+)/.exec(text ?? '')?.[1]))
  await expect(cards(page)).toHaveCount(10)
  await playground.reaches(10)
  const halted = await playground.halt()
  await expect.poll(step).toBe(halted)
  await page.getByRole('tab', { name: 'Batch' }).click()
  await playground.train.click()
  const told = () => page.evaluate(() => window.workerEvents.filter(({ kind }) => kind === 'snapshot').length)
  await playground.reaches(await playground.stepNumber() + 5)
  const before = await told()
  await playground.reaches(await playground.stepNumber() + 40)
  expect(await told()).toBe(before)
})

test('of three thousand clusters without a name the most used are shown', async ({ playground, page }) => {
  await playground.open({ ...TINY, method: 'swav', prototypes: 3_000, steps: 50 }, 'wasm')
  await tab(page).click()
  await playground.step.click()
  await expect(page.getByText('100 of 3\u202f000 prototypes are shown.')).toBeVisible({ timeout: 60_000 })
  await expect(cards(page)).toHaveCount(100)
  const { usage } = await counted(page)
  const most = usage.indexOf(Math.max(...usage))
  await expect(cards(page).first()).toHaveAccessibleName(new RegExp(`^cluster ${most + 1}, which no label named: wins`))
  await expect(cards(page).first()).toContainText(/mostly \S/)
  await page.getByLabel('Order').selectOption('number')
  await expect(cards(page).first()).toHaveAccessibleName(/^cluster 1, which no label named/)
})

test('PAWS says that it has no prototypes, and asks for nothing', async ({ playground, page }) => {
  await playground.open({ ...TINY, method: 'paws', steps: 50 }, 'wasm')
  await tab(page).click()
  await playground.stepOnce()
  await expect(page.getByText(/^PAWS has no prototypes/)).toBeVisible()
  await playground.stepOnce()
  expect(await page.evaluate(() => window.workerEvents.some(({ kind }) => kind === 'snapshot'))).toBe(false)
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the pictures of a prototype, ${theme}, and a phone does not scroll sideways`, async ({ playground, page }) => {
    await page.emulateMedia({ colorScheme: theme })
    if (theme === 'dark') await page.setViewportSize({ width: 390, height: 844 })
    await playground.open({ ...TINY, method: 'daino', sparePrototypes: 2, steps: 50 }, 'wasm')
    await tab(page).click()
    await playground.step.click()
    const clean = async () => {
      const { violations } = await new AxeBuilder({ page }).include('[role="tabpanel"]').analyze()
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
    await expect(cards(page)).toHaveCount(12)
    await expect(cards(page).nth(10)).toHaveAccessibleName(/^spare 1, which no label named/)
    await clean()
    await cards(page).nth(1).click()
    await page.getByRole('tabpanel').getByRole('combobox').selectOption('nearest')
    await expect(page.getByRole('option', { name: /wins it|Cosine/ })).toBeAttached()
    await clean()
  })
}

/** What the worker’s last snapshot makes of the prototypes, counted once more. */
async function counted(page: Page) {
  await page.waitForFunction(() => window.workerEvents.some(({ kind }) => kind === 'snapshot'))
  const { scores, prototypes, temperature, labels } = await page.evaluate(() => {
    const snapshot = window.workerEvents.flatMap((said) => (said.kind === 'snapshot' ? [said.snapshot] : [])).at(-1)!
    const gallery = window.workerEvents.flatMap((said) => (said.kind === 'gallery' ? [said.gallery] : [])).at(-1)!
    return {
      scores: Array.from(snapshot.scores), prototypes: snapshot.prototypes, temperature: snapshot.recipe.temperature,
      labels: Array.from(gallery.train.labels),
    }
  })
  const rows = labels.map((_, i) => scores.slice(i * prototypes, (i + 1) * prototypes))
  const winners = rows.map((row) => row.indexOf(Math.max(...row)))
  const largest = rows.map((row) => {
    const powers = row.map((score) => Math.exp(score / temperature))
    return Math.max(...powers) / powers.reduce((sum, power) => sum + power)
  })
  const each = <Value>(value: (own: number[]) => Value) =>
    Array.from({ length: prototypes }, (_, k) => value([...winners.keys()].filter((i) => winners[i] === k)))
  return {
    usage: each((own) => own.length / labels.length),
    sharpness: each((own) => own.reduce((sum, i) => sum + largest[i]!, 0) / own.length),
    members: each((own) => own.map((i) => Math.max(...rows[i]!)).toSorted((a, b) => b - a)),
    top: each((own) => {
      const counts = own.reduce<number[]>((all, i) => ((all[labels[i]!] = (all[labels[i]!] ?? 0) + 1), all), [])
      return counts.findIndex((count) => count === Math.max(...counts.filter((known) => known !== undefined)))
    }),
  }
}
