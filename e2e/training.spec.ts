import { cifarArchive, written } from './archives'
import { TINY } from './playground'
import { expect, test } from './test'

test('a person drops CIFAR, trains Suave, moves ε, pauses, steps and resets', async ({ playground }, testInfo) => {
  const { page } = playground
  const backend = testInfo.project.name as 'webgpu' | 'wasm'
  await playground.open({ ...TINY, steps: 2_000 }, backend)
  await expect(playground.backend).toHaveText(backend === 'webgpu' ? /^WebGPU · .*swiftshader/i : /^WASM · SIMD/)

  await playground.drop(written(testInfo.outputPath(), 'cifar-10-binary.tar.gz', await cifarArchive()))
  await expect(playground.settings).toContainText('CIFAR-10 from cifar-10-binary.tar.gz: 100 with a label, 200 without, 50 to test.')
  await expect(page.getByRole('radio', { name: 'CIFAR-10', exact: true })).toBeChecked()
  await expect(playground.pictures.first()).toHaveAccessibleName(/300 training pictures, of 10 classes: airplane.* 100 have a label/)
  expect(await playground.coloursOf(playground.pictures.first())).toBeGreaterThan(100)

  await test.step('the loss falls', async () => {
    const losses: number[] = []
    for (const step of [1, 2, 3]) {
      expect(await playground.stepOnce()).toBe(step)
      losses.push(await playground.latest('Loss', 'total'))
    }
    await playground.train.click()
    await playground.reaches(backend === 'webgpu' ? 30 : 150)
    await playground.halt()
    for (let more = 0; more < 3; more++) {
      await playground.stepOnce()
      losses.push(await playground.latest('Loss', 'total'))
    }
    expect(mean(losses.slice(3))).toBeLessThan(0.8 * mean(losses.slice(0, 3)))
  })

  await test.step('the charts, the bars and the heat map are filled', async () => {
    const points = [...await playground.pointsOf('Loss'), ...await playground.pointsOf('Entropy')]
    expect(points).toHaveLength(6)
    for (const count of points) expect(count).toBeGreaterThan(25)
    expect(await playground.latest('Accuracy', 'pseudo-label')).not.toBe(0)
    await expect(playground.heatMap).toHaveAccessibleName(/^Assignments: heat map of \d+ pictures against 10 prototypes/)
    expect(await playground.coloursOf(playground.heatMap)).toBeGreaterThan(100)
    await expect(page.getByRole('img', { name: /^Use of the 10 prototypes: most/ })).toBeVisible()
  })

  await test.step('a larger ε softens the next assignments and is marked, a smaller one hardens them', async () => {
    const before = await playground.latest('Entropy', 'one q')
    await playground.slider('Epsilon').press('End')
    await playground.stepOnce()
    const softened = await playground.latest('Entropy', 'one q')
    expect(softened).toBeGreaterThan(before + 0.3)
    await expect(playground.charts.getByText('ε 0.05 → 1').first()).toBeVisible()
    await playground.slider('Epsilon').press('Home')
    await playground.stepOnce()
    expect(await playground.latest('Entropy', 'one q')).toBeLessThan(softened - 0.3)
  })

  await test.step('it stands still, goes on and is forgotten', async () => {
    await playground.train.click()
    await playground.reaches(await playground.stepNumber() + 2)
    const halted = await playground.halt()
    await page.waitForTimeout(1_000)
    expect(await playground.stepNumber()).toBe(halted)
    expect(await playground.stepOnce()).toBe(halted + 1)
    await playground.reset.click()
    await expect(page.getByText('Ready', { exact: true }).first()).toBeVisible()
    await expect(playground.charts.locator('path')).toHaveCount(0)
    await expect(playground.charts.getByRole('list', { name: 'Loss at step 0' })).toContainText('total –')
  })
})

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
