import { TINY } from './playground'
import { expect, test } from './test'
import { keepWorkerEvents, lossesTold } from './worker-events'

test('WASM shares its work among threads, with the numbers of a single one', async ({ playground, page }) => {
  const cores = await page.evaluate(() => navigator.hardwareConcurrency)
  test.skip(cores < 2, 'This machine has a single core.')
  await keepWorkerEvents(page)
  const train = async (threads: RegExp) => {
    await playground.open({ ...TINY, steps: 12 }, 'wasm')
    await expect(playground.backend).toHaveText(threads)
    await playground.train.click()
    await expect(playground.status).toHaveText(/^Finished after 12 steps/)
    return lossesTold(page)
  }

  const shared = await train(/^WASM · SIMD, ([2-9]|\d\d) threads/)
  // A page that is not isolated from other origins may not share memory.
  await page.route((url) => url.pathname === '/', async (route) => {
    const response = await route.fetch()
    const { 'cross-origin-embedder-policy': _, ...headers } = response.headers()
    await route.fulfill({ response, headers })
  })
  await page.goto('about:blank')
  const single = await train(/^WASM · SIMD, 1 thread(?!s)/)
  expect(shared).toHaveLength(12)
  expect(single).toEqual(shared)
})
