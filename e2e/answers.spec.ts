import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { binaryRecords } from '../src/data/made-up-cifar'
import { CIFAR_CLASSES, CIFAR_FAMILIES } from '../src/data/cifar'
import { written } from './archives'
import { TINY, type Playground } from './playground'
import { expect, test } from './test'
import { keepWorkerEvents } from './worker-events'

test.beforeEach(({ page }) => keepWorkerEvents(page))

test('a learner sees what test pictures are taken for, how that changes, and the worst mistakes', async ({ playground, page }) => {
  await playground.open({ ...TINY, steps: 60, evaluateEvery: 20 }, 'wasm')
  await page.getByRole('tab', { name: 'Predictions' }).click()
  await expect(page.getByRole('tabpanel')).toContainText('Train or take a step')
  await playground.train.click()
  await expect(page.getByText(/^The test pictures are asked every 20 steps, first at step 20\./)).toBeVisible()
  await expect(page.getByRole('img', { name: /^Probability of .* from step 20 to 60: / })).toHaveCount(24, { timeout: 120_000 })

  const { part, sheet, history } = await told(page)
  expect(sheet.step).toBe(60)
  const classNames = await namesOf(page)
  // Of the sixth fixed picture: what it is, the three likeliest answers, and the probability of its class over time.
  const picture = part.fixed[5]!
  const truth = classNames[part.labels[picture]!]!
  const card = page.getByRole('list', { name: 'The same test pictures all run long' }).locator('> li').nth(5)
  await expect(card).toContainText(truth)
  const bars = card.getByRole('list', { name: `Likeliest answers to picture ${picture + 1}` }).getByRole('listitem')
  for (const rank of [0, 1, 2]) {
    await expect(bars.nth(rank)).toHaveText(`${classNames[sheet.ranking[3 * picture + rank]!]}${sheet.probabilities[3 * picture + rank]!.toFixed(2)}`)
  }
  const shares = [0, 2].map((at) => history.truth[24 * at + 5]!.toFixed(2))
  await expect(card.getByRole('img', { name: /^Probability/ })).toHaveAccessibleName(
    `Probability of “${truth}” from step 20 to 60: ${shares[0]} at first, ${shares[1]} now`)
  expect(sheet.fixed[5 * sheet.prototypes + part.labels[picture]!]!.toFixed(2)).toBe(shares[1])
  expect(await playground.coloursOf(card.getByRole('img', { name: /^Test picture/ }))).toBeGreaterThan(20)
  const right = [...part.labels].filter((label, i) => sheet.ranking[3 * i] === label).length
  await expect(measure(page)).toHaveText(`${right} of 50, ${(2 * right).toFixed(1)} %`)
  // It is the test accuracy of the key numbers.
  await expect(page.getByRole('complementary', { name: 'Key numbers' })).toContainText(`${(2 * right).toFixed(1)} %`)

  await page.getByRole('radio', { name: 'Worst mistakes' }).check()
  const wrong = [...part.labels.keys()].filter((i) => sheet.ranking[3 * i] !== part.labels[i])
    .sort((a, b) => sheet.probabilities[3 * b]! - sheet.probabilities[3 * a]!)
  const worst = page.getByRole('list', { name: 'Worst mistakes, the surest first' }).locator('> li')
  await expect(worst).toHaveCount(Math.min(24, wrong.length))
  await expect(worst.first().getByRole('img', { name: /^Test picture/ })).toHaveAccessibleName(
    `Test picture ${wrong[0]! + 1}, ${classNames[part.labels[wrong[0]!]!]}`)
  await worst.first().getByRole('button', { name: / taken for / }).click()

  // All mistakes of that kind stand in one cell of the confusion matrix.
  await expect(page.getByRole('tab', { name: 'Confusion' })).toHaveAttribute('aria-selected', 'true')
  const alike = wrong.filter((i) => part.labels[i] === part.labels[wrong[0]!] && sheet.ranking[3 * i] === sheet.ranking[3 * wrong[0]!])
  await expect(page.getByRole('gridcell', { selected: true })).toHaveText(String(alike.length))
  const pictures = page.getByRole('region', { name: 'Pictures of the cell' })
  await expect(pictures.getByRole('option')).toHaveAttribute('aria-setsize', String(alike.length))
})

test('the keyboard walks the confusion matrix and opens the pictures of a cell', async ({ playground, page }) => {
  await playground.open({ ...TINY, method: 'swav', prototypes: 12, steps: 100 }, 'wasm')
  await playground.step.click()
  await page.getByRole('tab', { name: 'Confusion' }).click()
  // Clusters without names stand where they fit best; two of the twelve fit no class.
  const grid = page.getByRole('grid', { name: /^Confusion of 10 classes/ })
  await expect(grid).toBeVisible()
  const { part, sheet } = await told(page)
  expect(sheet.step).toBe(1)
  const confusion = await page.evaluate(() => window.workerEvents.flatMap((said) =>
    said.kind === 'training' && said.event.type === 'evaluation' ? [said.event.student] : []).at(-1))
  expect(confusion).toBeUndefined()
  const cell = (row: number, column: number) => grid.getByRole('row').nth(row + 1).getByRole('gridcell').nth(column)
  const counted = (row: number, prototypes: (number | undefined)[]) =>
    [...part.labels.keys()].filter((i) => part.labels[i] === row && prototypes.includes(sheet.ranking[sheet.ranks * i])).length
  for (let row = 0; row < 10; row++) {
    for (const column of [0, 5, row]) await expect(cell(row, column)).toHaveText(shown(counted(row, [sheet.bestNaming[column]])))
    const spare = Array.from({ length: 12 }, (_, k) => k).filter((k) => !sheet.bestNaming.includes(k))
    await expect(cell(row, 10)).toHaveText(shown(counted(row, spare)))
  }
  const right = [...part.labels.keys()].filter((i) => sheet.bestNaming[part.labels[i]!] === sheet.ranking[sheet.ranks * i]).length
  await expect(measure(page)).toHaveText(`${right} of 50, ${(2 * right).toFixed(1)} %`)

  await page.getByRole('radio', { name: 'Identity order' }).check()
  await expect(grid.getByRole('columnheader').nth(3)).toHaveText('cluster 4')
  for (let row = 0; row < 10; row++) await expect(cell(row, 3)).toHaveText(shown(counted(row, [3])))

  await cell(0, 0).focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'End', 'ArrowLeft']) await page.keyboard.press(key)
  await expect(cell(2, 9)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(cell(2, 9)).toHaveAttribute('aria-selected', 'true')
  expect(await playground.stepNumber()).toBe(1)
  const inCell = counted(2, [9])
  const pictures = page.getByRole('region', { name: 'Pictures of the cell' })
  await expect(pictures.getByRole('heading')).toContainText(new RegExp(`taken for cluster 10: ${inCell} of 5$`))
  await expect(pictures.getByRole('option')).toHaveCount(Math.min(1, inCell))
})

test('a hundred classes come family by family, and can be unfolded', async ({ playground, page }, testInfo) => {
  const folder = testInfo.outputPath()
  const labels = (each: number) => Array.from({ length: 100 * each }, (_, i) => i % 100)
  await playground.open({ ...TINY, trainSize: 300, testSize: 200, labelsPerClass: 2, steps: 100 }, 'wasm')
  await playground.drop(
    written(folder, 'train.bin', binaryRecords('cifar100', labels(4))), written(folder, 'test.bin', binaryRecords('cifar100', labels(2))),
  )
  await expect(playground.settings).toContainText('CIFAR-100 from train.bin, test.bin')
  await playground.step.click()
  await page.getByRole('tab', { name: 'Confusion' }).click()
  const families = page.getByRole('grid', { name: /^Confusion of 20 families/ })
  await expect(families).toBeVisible()
  const { part, sheet } = await told(page)
  expect(part.families!.names).toEqual(CIFAR_FAMILIES)
  // In these files a class’s family is a fifth of its number.
  const family = (label: number) => Math.floor(label / 5)
  const inFamilies = (row: number, column: number) =>
    [...part.labels.keys()].filter((i) => family(part.labels[i]!) === row && family(sheet.ranking[3 * i]!) === column)
  for (const column of [0, 7, 19]) {
    await expect(families.getByRole('row').nth(8).getByRole('gridcell').nth(column)).toHaveText(shown(inFamilies(7, column).length))
  }

  await page.getByRole('radio', { name: '100 classes' }).check()
  const classes = page.getByRole('grid', { name: /^Confusion of 100 classes/ })
  await expect(classes).toHaveAttribute('aria-rowcount', '100')
  expect(await playground.coloursOf(classes.locator('canvas'))).toBeGreaterThan(2)
  const [first] = part.labels.keys()
  const [is, called] = [part.labels[first!]!, sheet.ranking[3 * first!]!]
  await classes.getByRole('gridcell').focus()
  for (let i = 0; i < is; i++) await page.keyboard.press('ArrowDown')
  for (let i = 0; i < called; i++) await page.keyboard.press('ArrowRight')
  const cell = classes.getByRole('gridcell')
  await expect(cell).toBeFocused()
  const alike = [...part.labels.keys()].filter((i) => part.labels[i] === is && sheet.ranking[3 * i] === called)
  const name = is === called ? `${CIFAR_CLASSES.cifar100[is]}, called rightly` : `${CIFAR_CLASSES.cifar100[is]}, taken for ${CIFAR_CLASSES.cifar100[called]}`
  await expect(cell).toHaveAccessibleName(`${name}: ${alike.length} of 2`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Pictures of the cell' }).getByRole('option')).toHaveAttribute('aria-setsize', String(alike.length))
})

test('answers that are not on screen cost nothing', async ({ playground, page }) => {
  await playground.open({ ...TINY, steps: 2_000, evaluateEvery: 10 }, 'wasm')
  await playground.train.click()
  await playground.reaches(30)
  const kinds = () => page.evaluate(() => window.workerEvents.filter(({ kind }) => ['answers', 'testPart', 'testTiles'].includes(kind)).length)
  expect(await kinds()).toBe(0)
  await page.getByRole('tab', { name: 'Confusion' }).click()
  await expect.poll(kinds).toBeGreaterThan(1)
  await page.getByRole('tab', { name: 'Batch' }).click()
  await playground.reaches(await playground.stepNumber() + 5)
  const before = await kinds()
  await playground.reaches(await playground.stepNumber() + 40)
  expect(await kinds()).toBe(before)
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the answers, ${theme}, and a phone does not scroll sideways`, async ({ playground, page }) => {
    await page.emulateMedia({ colorScheme: theme })
    if (theme === 'dark') await page.setViewportSize({ width: 390, height: 844 })
    await playground.open({ ...TINY, method: 'daino', steps: 100 }, 'wasm')
    await playground.step.click()
    await page.getByRole('tab', { name: 'Predictions' }).click()
    await expect(page.getByRole('img', { name: /^Test picture/ })).toHaveCount(24)
    await isClean(page, playground)
    await page.getByRole('radio', { name: 'Worst mistakes' }).check()
    await isClean(page, playground)
    await page.getByRole('button', { name: / taken for / }).first().click()
    await expect(page.getByRole('gridcell', { selected: true })).toBeVisible()
    await isClean(page, playground)
  })
}

async function isClean(page: Page, playground: Playground): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('[role="tabpanel"]').analyze()
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await expect(playground.notices).toHaveCount(0)
}

/** The newest answers that the worker told of, and the test pictures that they are about. */
async function told(page: Page) {
  await page.waitForFunction(() => window.workerEvents.some(({ kind }) => kind === 'answers'))
  return page.evaluate(() => {
    const part = window.workerEvents.flatMap((said) => (said.kind === 'testPart' ? [said.part] : [])).at(-1)!
    const { answers: sheet, history } = window.workerEvents.flatMap((said) => (said.kind === 'answers' ? [said] : [])).at(-1)!
    return { part, sheet, history }
  })
}

async function namesOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => window.workerEvents.flatMap((said) => (said.kind === 'status' && said.classNames ? [said.classNames] : [])).at(-1)!)
}

function measure(page: Page) {
  return page.getByRole('tabpanel').locator('dl dd').first()
}

/** An empty cell has no number. */
function shown(count: number): string {
  return count === 0 ? '' : String(count)
}
