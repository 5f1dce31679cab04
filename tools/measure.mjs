import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { install } from './lib/install.mjs'
import { giveUp } from './lib/root.mjs'

const { json, seconds, data } = readArguments()
install()
const { withPage } = await import('./lib/with-page.mjs')
const { measured, table } = await withPage('e2e/measure.ts', async ({ measure, tableOf }, address) => {
  const measured = await measure(address, seconds, data)
  return { measured, table: tableOf(measured) }
})
console.log(json ? JSON.stringify(measured) : table)

function readArguments() {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, seconds: { type: 'string', default: '20' }, data: { type: 'string' } } })
    const seconds = Number(values.seconds)
    if (!(seconds >= 1 && seconds <= 600)) giveUp('--seconds is “' + values.seconds + '”; give a number from 1 to 600.', 2)
    if (values.data !== undefined && !existsSync(values.data)) giveUp('There is no file “' + values.data + '”; give a CIFAR archive or one of its batches.', 2)
    return { json: values.json, seconds, data: values.data && resolve(values.data) }
  } catch (error) {
    return giveUp((error instanceof Error ? error.message : String(error)) + ' The options are --seconds N, --data FILE and --json.', 2)
  }
}
