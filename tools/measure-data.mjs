import { install } from './lib/install.mjs'

install()
const { withPage } = await import('./lib/with-page.mjs')
const { measured, table } = await withPage('e2e/measure-data.ts', async ({ measureData, tableOf }, address) => {
  const measured = await measureData(address)
  return { measured, table: tableOf(measured) }
})
console.log(process.argv.includes('--json') ? JSON.stringify(measured) : table)
