import { TINY } from './playground'
import { expect, test } from './test'

test('values of the link that are out of range or unknown keep their defaults, with a sentence', async ({ playground, page }) => {
  await page.goto('./#v=1&epsilon=7&temprature=1&steps=30')
  await playground.ready()
  await expect(playground.notices).toContainText('In the link, epsilon cannot be 7; give a number from 0.01 to 1.')
  await expect(playground.notices).toContainText('In the link, the recipe has no field “temprature”; did you mean “temperature”?')
  await expect(playground.slider('Epsilon')).toHaveAttribute('aria-valuetext', '0.05')
  await expect(playground.settings.getByRole('slider', { name: 'Steps', includeHidden: true })).toHaveAttribute('aria-valuetext', '30')
})

test('CIFAR that is not here yet is asked for with a sentence', async ({ playground, page }) => {
  await page.goto('./#v=1&dataset=cifar10')
  await expect(playground.status).toHaveText(/CIFAR-10 is not here yet: drop its archive/)
  await expect(page.getByRole('heading', { name: 'No pictures of CIFAR-10 yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Use Shapes instead' }).click()
  await expect(playground.pictures.first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /^No pictures/ })).toHaveCount(0)
})

test('an unknown backend is named, and the page chooses one itself', async ({ playground, page }) => {
  await page.goto('./?backend=quantum')
  await playground.ready()
  await expect(playground.notices).toContainText('There is no backend “quantum”; choose one of webgpu, wasm, webgl, cpu.')
})

test('without WebGPU the page says so and trains on another backend', async ({ playground }) => {
  await playground.open(TINY, 'webgpu')
  await expect(playground.notices).toContainText(/WebGPU.*Choose the automatic backend/)
  await expect(playground.backend).toHaveText(/^WASM · /)
  await playground.train.click()
  await playground.reaches(2)
})

test('a change of the form is in the address, and its link opens the same form', async ({ playground, page }) => {
  await playground.open()
  await playground.settings.getByRole('radio', { name: 'Daino' }).check({ force: true })
  // At once: what was just chosen is there again.
  await page.reload()
  await playground.ready()
  await expect(page).toHaveURL(/#v=1&method=daino$/)
  await expect(playground.settings.getByRole('radio', { name: 'Daino' })).toBeChecked()
})
