import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { percent } from '../src/app/format'
import type { Snapshot } from '../src/training/events'
import { TINY } from './playground'
import { expect, test } from './test'
import { keepWorkerEvents } from './worker-events'

test.beforeEach(({ page }) => keepWorkerEvents(page))

test('a learner finds pictures on the map by hand and by keys, and its numbers are the worker’s', async ({ playground }) => {
  const { page } = playground
  await playground.open({ ...TINY, steps: 2_000 }, 'wasm')
  await page.getByRole('tab', { name: 'Map' }).click()
  await expect(page.getByText('Take a step or train')).toBeVisible()
  await playground.train.click()
  await playground.reaches(30)
  await playground.halt()

  const map = page.getByRole('img', { name: /^Map of 300 pictures and 10 prototypes at step/ })
  const told = await lastSnapshot(page)
  await expect(map).toHaveAccessibleName(new RegExp(`at step ${told.step},`))
  const [first, second] = explained(told)
  const measures = page.locator('dl[aria-label^="Measures at step"] dd')
  await expect(measures).toHaveText([percent(first!), percent(second!)])
  await expect(page.getByText(/^Between the classes lie/)).toContainText(percent(await betweenClasses(page, told)))
  expect(await playground.coloursOf(map)).toBeGreaterThan(20)

  const colours = page.getByRole('list', { name: 'What the colours mean' })
  await expect(colours.getByRole('button')).toHaveCount(10)
  await expect(colours.getByRole('button').first()).toContainText('30')
  await page.getByRole('radio', { name: 'Error' }).press('Space')
  const wrong = await wrongOnes(page, told)
  await expect(colours.getByRole('button', { name: 'wrong' })).toContainText(String(wrong))
  await colours.getByRole('button', { name: 'wrong' }).click()
  const chosen = page.getByRole('region', { name: 'Chosen pictures' })
  await expect(chosen).toContainText(`${wrong} pictures:`)
  await page.getByRole('radio', { name: 'Cluster' }).press('Space')

  // A loop around everything holds everything.
  const plot = page.getByRole('listbox', { name: 'Pictures on the map' })
  await drawLoop(plot, 0.47)
  await expect(chosen).toContainText('300 pictures:')
  await expect(chosen.getByRole('img', { name: /^300 pictures/ })).toBeVisible()
  await drawLoop(plot, 0.3)
  await expect(chosen).not.toContainText('300 pictures:')
  await chosen.getByRole('button', { name: 'Clear' }).click()
  await expect(chosen).toContainText('Draw a loop')

  await plot.focus()
  const option = plot.getByRole('option')
  // Wherever the walk begins, the way back exists.
  for (const [there, back] of [['ArrowLeft', 'ArrowRight'], ['ArrowDown', 'ArrowUp']] as const) {
    await page.keyboard.press(there)
    const before = await option.getAttribute('aria-posinset')
    await page.keyboard.press(back)
    await expect(option).not.toHaveAttribute('aria-posinset', before!)
  }
  await expect(option).toHaveText(/, (labelled|no label)\. The model says .+\./)
  await page.keyboard.press('Enter')
  await expect(chosen).toContainText('24 pictures:')
  await page.keyboard.press('+')
  await expect(page.getByRole('button', { name: 'Whole' })).toBeEnabled()
  await page.keyboard.press('Home')
  await expect(page.getByRole('button', { name: 'Whole' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await expect(chosen).toContainText('Draw a loop')

  // Pointing shows the picture beside the point.
  await page.getByRole('radio', { name: 'Cluster' }).focus()
  await expect(plot.locator('canvas')).toHaveCount(0)
  const { x, y, width, height } = (await plot.boundingBox())!
  for (let share = 0.05; share < 1 && await plot.locator('canvas').count() === 0; share += 0.01) {
    await page.mouse.move(x + width * share, y + height / 2)
  }
  await expect(plot.locator('canvas')).toBeVisible()
})

test('UMAP is drawn beside the run, tells how far it is, and can be given up', async ({ playground }) => {
  const { page } = playground
  await playground.open({ ...TINY, trainSize: 2_000, steps: 5_000 }, 'wasm')
  await page.getByRole('tab', { name: 'Map' }).click()
  await playground.step.click()
  await page.getByRole('radio', { name: 'UMAP' }).press('Space')
  await page.getByRole('button', { name: 'Compute UMAP of step 1' }).click()
  const progress = page.getByRole('progressbar', { name: 'UMAP of step 1' })
  await expect.poll(async () => Number(await progress.getAttribute('value'))).toBeGreaterThan(0.1)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(progress).toBeHidden()

  await playground.train.click()
  await page.getByRole('button', { name: /^Compute UMAP of step/ }).click()
  await expect(page.getByRole('img', { name: /drawn by UMAP/ })).toBeVisible()
  const during = await playground.stepNumber()
  await expect(page.getByText(/^UMAP of step \d+\. Who is near counts/)).toBeVisible({ timeout: 240_000 })
  expect(await playground.stepNumber()).toBeGreaterThan(during)
  // It is still there when somebody comes back to it.
  await page.getByRole('tab', { name: 'Batch' }).click()
  await page.getByRole('tab', { name: 'Map' }).click()
  await page.getByRole('radio', { name: 'UMAP' }).press('Space')
  await expect(page.getByText(/^UMAP of step \d+\. Who is near counts/)).toBeVisible()
})

test('the map is there for every method, and costs nothing when it is hidden', async ({ playground }) => {
  const { page } = playground
  for (const method of ['daino', 'swav', 'dino', 'paws', 's4l', 'supervised'] as const) {
    await page.goto('about:blank')
    await playground.open({ ...TINY, method, prototypes: 12, steps: 2_000 }, 'wasm')
    await page.getByRole('tab', { name: 'Map' }).click()
    await playground.step.click()
    const stars = { swav: ' and 12 prototypes', dino: ' and 12 prototypes', paws: '' }[method as string] ?? ' and 10 prototypes'
    await expect(page.getByRole('img', { name: new RegExp(`^Map of 300 pictures${stars} at step 1,`) })).toBeVisible()
    await page.getByRole('radio', { name: 'Cluster' }).press('Space')
    await expect(page.getByRole('list', { name: 'What the colours mean' }).getByRole('button').first()).toBeVisible()
  }
  const helpers = () => page.workers().filter((worker) => /map/.test(worker.url())).length
  expect(helpers()).toBe(1)
  await page.getByRole('tab', { name: 'Batch' }).click()
  await expect.poll(helpers).toBe(0)
  const snapshots = () => page.evaluate(() => window.workerEvents.filter(({ kind }) => kind === 'snapshot').length)
  const before = await snapshots()
  await playground.train.click()
  await playground.reaches(await playground.stepNumber() + 40)
  expect(await snapshots()).toBe(before)
})

for (const look of ['light', 'dark', 'projector'] as const) {
  test(`axe finds nothing on the map, ${look}, and a phone does not scroll sideways`, async ({ playground }) => {
    const { page } = playground
    await page.emulateMedia({ colorScheme: look === 'dark' ? 'dark' : 'light', reducedMotion: 'reduce' })
    if (look === 'dark') await page.setViewportSize({ width: 390, height: 844 })
    await playground.open({ ...TINY, steps: 50 }, 'wasm')
    if (look === 'projector') await page.keyboard.press('p')
    await page.getByRole('tab', { name: 'Map' }).click()
    await playground.step.click()
    const plot = page.getByRole('listbox', { name: 'Pictures on the map' })
    await expect(plot).toBeVisible()
    await plot.press('Enter')
    for (const layout of ['PCA, live', 'UMAP']) {
      await page.getByRole('radio', { name: layout }).press('Space')
      const { violations } = await new AxeBuilder({ page }).include('[role="tabpanel"]').analyze()
      expect(violations.map(({ id, nodes }) => `${layout}: ${id} ${nodes[0]?.html}`)).toEqual([])
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  })
}

async function lastSnapshot(page: Page): Promise<Snapshot> {
  const step = await page.evaluate(() => Number(/step ([\d\u202f]+)/.exec(document.body.innerText)?.[1]))
  await page.waitForFunction((wanted) => window.workerEvents.some((said) => said.kind === 'snapshot' && said.snapshot.step === wanted), step)
  return page.evaluate(() => window.workerEvents.flatMap((said) => (said.kind === 'snapshot' ? [said.snapshot] : [])).at(-1)!)
}

function labelsOf(page: Page): Promise<number[]> {
  return page.evaluate(() => window.workerEvents.flatMap((said) => (said.kind === 'gallery' ? [...said.gallery.train.labels] : [])))
}

function rowsOf({ features, featureSize }: Snapshot): number[][] {
  return Array.from({ length: features.length / featureSize }, (_, row) => [...features.slice(row * featureSize, (row + 1) * featureSize)])
}

const meanOf = (rows: number[][]) => rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length)
const squares = (values: number[]) => values.reduce((sum, value) => sum + value * value, 0)

/** Shares of the variance on the first two components: power iteration with deflation, written out once more. */
function explained(snapshot: Snapshot): number[] {
  const rows = rowsOf(snapshot)
  const mean = meanOf(rows)
  let centred = rows.map((row) => row.map((value, i) => value - mean[i]!))
  const total = centred.reduce((sum, row) => sum + squares(row), 0)
  return [0, 1].map(() => {
    let axis = mean.map((_, i) => 1 + (i % 3))
    const along = (row: number[]) => row.reduce((sum, value, i) => sum + value * axis[i]!, 0)
    for (let i = 0; i < 2_000; i++) {
      const image = centred.reduce((sum, row) => {
        const share = along(row)
        return sum.map((value, j) => value + share * row[j]!)
      }, mean.map(() => 0))
      axis = image.map((value) => value / Math.sqrt(squares(image)))
    }
    const shares = centred.map(along)
    centred = centred.map((row, r) => row.map((value, i) => value - shares[r]! * axis[i]!))
    return squares(shares) / total
  })
}

async function betweenClasses(page: Page, snapshot: Snapshot): Promise<number> {
  const labels = await labelsOf(page)
  const rows = rowsOf(snapshot)
  const mean = meanOf(rows)
  const difference = (one: number[], other: number[]) => squares(one.map((value, i) => value - other[i]!))
  const total = rows.reduce((sum, row) => sum + difference(row, mean), 0)
  const members = (k: number) => rows.filter((_, row) => labels[row] === k)
  return [...new Set(labels)].reduce((sum, k) => sum + members(k).length * difference(meanOf(members(k)), mean), 0) / total
}

/** Pictures whose best prototype is not their class. */
async function wrongOnes(page: Page, { scores, prototypes }: Snapshot): Promise<number> {
  const labels = await labelsOf(page)
  return labels.filter((label, row) => {
    const own = [...scores.slice(row * prototypes, (row + 1) * prototypes)]
    return own.indexOf(Math.max(...own)) !== label
  }).length
}

/** Draws a loop about the middle of the plot that reaches so far of its width and height to each side. */
async function drawLoop(plot: Locator, reach: number): Promise<void> {
  const { mouse } = plot.page()
  const { x, y, width, height } = (await plot.boundingBox())!
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]] as const
  const at = ([across, up]: readonly [number, number]) => [x + width * (0.5 + reach * across), y + height * (0.5 + reach * up)] as const
  await mouse.move(...at(corners[0]))
  await mouse.down()
  for (const corner of corners) await mouse.move(...at(corner), { steps: 5 })
  await mouse.up()
}
