import { expect, test as base } from '@playwright/test'
import { Playground } from './playground'

/** What Chromium says of requests that a test lets fail. */
const FAILED_REQUEST = /^Failed to load resource|blocked by CORS policy/

interface Fixtures {
  playground: Playground
  /** Whether a test makes requests fail, of which the browser itself complains in the console. */
  failsToLoad: boolean
}

/** A test with a playground, which fails when the console hears of an error. */
export const test = base.extend<Fixtures>({
  failsToLoad: [false, { option: true }],
  playground: async ({ page, failsToLoad }, use) => {
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !(failsToLoad && FAILED_REQUEST.test(message.text()))) errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await use(new Playground(page))
    expect(errors).toEqual([])
  },
})

export { expect }
