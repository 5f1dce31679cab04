import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'

test('the page that measures says what it does, and that there is nothing to measure on', async ({ page }) => {
  await page.goto('./?bench')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How fast is a training step here?')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Measure' }).click()
  await expect(page.getByRole('status')).toHaveText(/There is no WebGPU adapter to measure on/)
  await expect(page.getByRole('button', { name: 'Measure' })).toBeEnabled()
})

test('the page that measures wears the system’s theme when it changes', async ({ page }) => {
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('./?bench')
  await expect.poll(theme).toBe('light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect.poll(theme).toBe('dark')
})
