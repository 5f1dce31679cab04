import { expect, test } from '@playwright/test'

test('the page opens, isolated and without an error', async ({ page }) => {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto('./')
  await expect(page.locator('#root')).not.toBeEmpty()
  await expect(page).toHaveTitle(/Suave/)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await page.waitForLoadState('networkidle')
  expect(errors).toEqual([])
})

test('the browser of each project has the backend that the project is named after', async ({ page }, { project }) => {
  await page.goto('./')
  const hasAdapter = await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()))
  expect(hasAdapter).toBe(project.name === 'webgpu')
})
