import { readFileSync } from 'node:fs'
import { TINY } from './playground'
import { expect, test } from './test'
import { keepWorkerEvents } from './worker-events'

test('a person reads, zooms, smooths and saves the charts, and they hold the worker’s own numbers', async ({ playground, page }) => {
  await keepWorkerEvents(page)
  await playground.open({ ...TINY, steps: 2_000, evaluateEvery: 10 })
  await playground.train.click()
  await playground.reaches(30)
  const halted = await playground.halt()
  const losses = await page.evaluate(() => window.workerEvents.flatMap((said) =>
    said.kind === 'training' && said.event.type === 'metrics' ? [[said.event.step, said.event.metrics.loss] as const] : []))
  const lossAt = (step: number) => losses.find(([at]) => at === step)![1]

  await test.step('the cursor is shared, by keyboard and by pointer', async () => {
    const cursor = page.getByRole('slider', { name: 'Loss: step under the cursor' })
    await cursor.focus()
    for (let press = 0; press < 3; press++) await cursor.press('ArrowLeft')
    await expect(cursor).toHaveAttribute('aria-valuetext', new RegExp(`^step ${halted - 3}: total ${lossAt(halted - 3).toFixed(2)}`))
    await expect(playground.charts.getByRole('list', { name: `Entropy at step ${halted - 3}` })).toBeVisible()
    await cursor.blur()
    await page.getByRole('slider', { name: 'Accuracy: step under the cursor' }).hover()
    await expect(playground.charts.getByRole('list', { name: new RegExp(`^Loss at step (?!${halted}$)`) })).toBeVisible()
  })

  await test.step('a drag zooms all charts, a double click shows the whole run', async () => {
    const { x, y, width } = (await page.getByRole('slider', { name: 'Loss: step under the cursor' }).boundingBox())!
    await page.mouse.move(x + width * 0.3, y + 40)
    await page.mouse.down()
    await page.mouse.move(x + width * 0.7, y + 40, { steps: 4 })
    await page.mouse.up()
    const all = page.getByRole('button', { name: /^Steps \d+ to \d+: show all$/ })
    await expect(all).toBeVisible()
    // The lines follow a little later.
    await expect.poll(async () => Math.max(...await playground.pointsOf('Entropy'))).toBeLessThan(halted)
    await page.mouse.dblclick(x + width * 0.5, y + 40)
    await expect(all).toBeHidden()
    await expect.poll(async () => (await playground.pointsOf('Entropy'))[0]).toBe(halted)
    await page.mouse.move(0, 0)
  })

  await test.step('smoothing puts what was read faint behind, and 0 takes it away', async () => {
    const faint = playground.charts.locator('path.recharts-curve[stroke-opacity]')
    await expect(faint).not.toHaveCount(0)
    await page.getByRole('slider', { name: 'smoothing', exact: true }).press('Home')
    await expect(faint).toHaveCount(0)
  })

  await test.step('the numbers are saved in full', async () => {
    await playground.charts.getByRole('button', { name: 'Save…' }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Numbers (CSV)' }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe(`suave-shapes-seed-1-step-${halted}.csv`)
    const [head, ...lines] = readFileSync((await saved.path())!, 'utf8').trim().split('\n').map((line) => line.split(','))
    expect(head!.slice(0, 2)).toEqual(['step', 'loss'])
    expect(lines.map(([step, loss]) => [Number(step), Number(loss)])).toEqual(losses.map(([step, loss]) => [step, loss]))
    const image = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Charts (PNG)' }).click()
    const png = readFileSync((await (await image).path())!)
    expect(png.subarray(1, 4).toString()).toBe('PNG')
    expect(png.readUInt32BE(16)).toBe(2 * 3 * 640)
  })
})

test('a run gone uniform is named with its cause, and a button mends it', async ({ playground, page }) => {
  await playground.open({ ...TINY, epsilon: 1, steps: 2_000 })
  await playground.train.click()
  const numbers = page.getByRole('complementary', { name: 'Key numbers' })
  await expect(numbers.getByRole('heading', { name: 'Uniform' })).toBeVisible({ timeout: 60_000 })
  await numbers.getByRole('button', { name: 'Set ε to 0.05' }).click()
  await expect(numbers.getByRole('heading', { name: 'Uniform' })).toBeHidden({ timeout: 60_000 })
  await expect(playground.charts.getByText('ε 1 → 0.05').first()).toBeVisible()
})
