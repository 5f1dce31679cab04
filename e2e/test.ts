import { expect, test as base } from '@playwright/test'
import { Playground } from './playground'

/** A test with a playground, which fails when the console hears of an error. */
export const test = base.extend<{ playground: Playground }>({
  playground: async ({ page }, use) => {
    const errors: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    await use(new Playground(page))
    expect(errors).toEqual([])
  },
})

export { expect }
