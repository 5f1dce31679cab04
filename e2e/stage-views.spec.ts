import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { TINY } from './playground'
import { expect, test } from './test'
import { keepWorkerEvents } from './worker-events'

test.beforeEach(({ page }) => keepWorkerEvents(page))

test('a learner takes a step of Daino apart, stage by stage, with the keyboard', async ({ playground }) => {
  const { page } = playground
  await playground.open({ ...TINY, method: 'daino', steps: 50 }, 'wasm')
  await page.getByRole('tab', { name: 'One step' }).click()
  await page.getByRole('button', { name: 'Next stage' }).click()
  const current = page.locator('[aria-current="step"]')
  await expect(page.getByRole('img', { name: /^Views of step 1: 4 unlabelled pictures/ })).toBeVisible()
  await page.getByRole('tab', { name: 'One step' }).focus()
  for (const stage of ['Encode', 'Score', 'Assign']) {
    await page.keyboard.press('n')
    await expect(current).toHaveText(stage)
  }

  const forward = await page.evaluate(() => window.workerEvents.flatMap((said) =>
    said.kind === 'stage' && said.stage.gate === 'forward' ? [said.stage] : []).at(-1)!)
  const q = forward.first!.targets.slice(0, forward.prototypes)
  const assigned = page.getByRole('img', { name: /^Assign, 8 rows of step 1\./ })
  await expect(assigned).toHaveAccessibleName(new RegExp(`view 1: .* with ${Math.max(...q).toFixed(3)}`))
  expect(await playground.coloursOf(assigned)).toBeGreaterThan(20)
  // The formula with this step’s numbers, as a screen reader has it.
  await expect(page.locator('math').last()).toContainText(Math.max(...q).toFixed(2))

  await page.keyboard.press('n')
  await expect(page.locator('math').last()).toContainText(forward.second!.losses[0]!.toFixed(2))
  await page.keyboard.press('n')
  await expect(page.getByRole('table', { name: 'How far each layer moved' }).getByRole('rowheader', { name: 'prototypes' })).toBeVisible()
  await page.keyboard.press('n')
  const distances = page.getByRole('table', { name: /^Distance of teacher and student/ })
  await expect(distances).toBeVisible()
  const average = await page.evaluate(() => window.workerEvents.flatMap((said) =>
    said.kind === 'stage' && said.stage.gate === 'average' ? [said.stage] : []).at(-1)!)
  await expect(distances.getByRole('row').nth(1)).toContainText(average.after[0]!.toPrecision(3))
  await page.keyboard.press('n')
  await expect(page.getByRole('img', { name: /^Views of step 2/ })).toBeVisible()
  expect(await playground.stepNumber()).toBe(1)

  await page.getByRole('button', { name: 'Slow motion' }).click()
  await expect(current).toHaveText('Score')
  // Whoever looks away lets the step end.
  await page.getByRole('tab', { name: 'Batch' }).click()
  await expect.poll(() => playground.stepNumber()).toBe(2)
})

test('the laboratory answers to ε at once, leaves the run alone, and hands the value over', async ({ playground }) => {
  const { page } = playground
  await playground.open({ ...TINY, steps: 50 }, 'wasm')
  await playground.step.click()
  await page.getByRole('tab', { name: 'Laboratory' }).click()
  const sharpness = page.locator('dl[aria-label^="Measures at step"] dd').first()
  const told = await snapshot(page)
  await expect(sharpness).toHaveText(meanLargest(told, 0.05).toFixed(3))

  const epsilon = page.getByRole('slider', { name: 'Epsilon in the laboratory' })
  await epsilon.press('End')
  await expect(epsilon).toHaveAttribute('aria-valuetext', '1')
  await expect(sharpness).toHaveText(meanLargest(told, 1).toFixed(3))
  await page.getByRole('slider', { name: 'Sinkhorn iterations in the laboratory' }).press('Home')
  await expect(sharpness).toHaveText(meanLargest(told, 1, 1).toFixed(3))
  await page.getByRole('slider', { name: 'In between' }).press('Home')
  await expect(page.getByRole('img', { name: /^Scores s .*heat map of 32 pictures against 10 prototypes/ })).toHaveCount(2)
  expect(await playground.coloursOf(page.getByRole('img', { name: /^Assignments q/ }))).toBeGreaterThan(20)
  expect(await page.evaluate(() => window.workerEvents.some((said) => said.kind === 'training' && said.event.type === 'applied'))).toBe(false)

  await page.getByRole('button', { name: 'Use in the run' }).click()
  await playground.step.click()
  await expect.poll(() => page.evaluate(() => window.workerEvents.flatMap((said) =>
    said.kind === 'training' && said.event.type === 'applied' ? [said.event.changes] : []))).toEqual([{ epsilon: 1, sinkhornIterations: 1 }])
  await expect(playground.slider('Epsilon')).toHaveAttribute('aria-valuetext', '1')
})

test('student and teacher speak of two views of one picture', async ({ playground }) => {
  const { page } = playground
  await playground.open({ ...TINY, method: 'daino', steps: 50 }, 'wasm')
  await playground.step.click()
  await page.getByRole('tab', { name: 'Teacher' }).click()
  const { pairs, prototypes, recipe, centre } = await snapshot(page)
  await page.getByRole('radio', { name: 'Picture 3' }).check()
  const count = pairs.pictures.length
  const at = (values: Float32Array, view: number) => Array.from(values.slice((view * count + 2) * prototypes, (view * count + 3) * prototypes))
  const target = softmax(at(pairs.teacherScores!, 0).map((t, k) => (t - centre![k]!) / recipe.teacherTemperature))
  const prediction = softmax(at(pairs.scores, 1).map((s) => s / recipe.temperature))
  const table = page.getByRole('table', { name: /teacher on view 1.*student on view 2/ })
  await expect(table.getByRole('row').nth(1)).toContainText(target[0]!.toFixed(3))
  await expect(table.getByRole('row').nth(1)).toContainText(prediction[0]!.toFixed(3))
  const divergence = target.reduce((sum, q, k) => sum + q * Math.log(q / prediction[k]!), 0)
  await expect(page.locator('dl[aria-label^="Measures at step"] dd').first()).toHaveText(divergence.toFixed(3))
})

test('a view that is not on screen costs nothing', async ({ playground }) => {
  const { page } = playground
  await playground.open({ ...TINY, steps: 2_000 }, 'wasm')
  await playground.train.click()
  await playground.reaches(20)
  const told = () => page.evaluate(() => window.workerEvents.filter(({ kind }) => kind === 'snapshot' || kind === 'stage' || kind === 'gallery').length)
  expect(await told()).toBe(0)
  await page.getByRole('tab', { name: 'Laboratory' }).click()
  await expect.poll(told).toBeGreaterThan(1)
  await page.getByRole('tab', { name: 'Batch' }).click()
  await playground.reaches(await playground.stepNumber() + 5)
  const before = await told()
  await playground.reaches(await playground.stepNumber() + 40)
  expect(await told()).toBe(before)
})

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the views, ${theme}, and a phone does not scroll sideways`, async ({ playground }) => {
    const { page } = playground
    await page.emulateMedia({ colorScheme: theme })
    if (theme === 'dark') await page.setViewportSize({ width: 390, height: 844 })
    await playground.open({ ...TINY, method: 'daino', steps: 50 }, 'wasm')
    for (const view of ['One step', 'Laboratory', 'Teacher']) {
      await page.getByRole('tab', { name: view }).click()
      if (view === 'One step') await page.getByRole('button', { name: 'Next stage' }).click()
      await expect(page.getByRole('tabpanel').getByRole('img').first()).toBeVisible()
      const { violations } = await new AxeBuilder({ page }).include('[role="tabpanel"]').analyze()
      expect(violations.map(({ id, nodes }) => `${view}: ${id} ${nodes[0]?.html}`)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
    }
  })
}

async function snapshot(page: Page) {
  await page.waitForFunction(() => window.workerEvents.some(({ kind }) => kind === 'snapshot'))
  return page.evaluate(() => window.workerEvents.flatMap((said) => (said.kind === 'snapshot' ? [said.snapshot] : [])).at(-1)!)
}

/** Mean of the largest assignment of each picture on the laboratory’s bench: Sinkhorn written out once more. */
function meanLargest({ scores, prototypes }: Awaited<ReturnType<typeof snapshot>>, epsilon: number, iterations = 3): number {
  const rows = scores.length / prototypes
  let mass = Array.from({ length: 32 }, (_, i) =>
    Array.from({ length: prototypes }, (_, k) => Math.exp(scores[(rows - 32 + i) * prototypes + k]! / epsilon)))
  for (let i = 0; i < iterations; i++) {
    const sums = mass[0]!.map((_, k) => mass.reduce((sum, row) => sum + row[k]!, 0))
    mass = mass.map((row) => row.map((value, k) => value / sums[k]!))
    mass = mass.map((row) => row.map((value) => value / row.reduce((sum, other) => sum + other, 0)))
  }
  return mass.reduce((sum, row) => sum + Math.max(...row), 0) / 32
}

function softmax(logits: number[]): number[] {
  const powers = logits.map(Math.exp)
  return powers.map((power) => power / powers.reduce((sum, other) => sum + other))
}
