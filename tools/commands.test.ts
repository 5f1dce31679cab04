import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './lib/root.mjs'

it.each([
  [['bench.mjs', '--browser', '--parts', 'banana'], 'There is no part “banana” in a browser; choose from step, kernels, growth, wasm.'],
  [['bench.mjs', '--browser', '--rounds', '0'], '--rounds is “0”; give a whole number from 1 on.'],
  [['specs.mjs', '--operations', 'sum,typo'], /^There are no tests of “typo”; choose from conv2d, .*\.$/],
  [['specs.mjs', '--backend', 'cpu'], '--backend is “cpu”; choose wasm or webgpu, or leave it out for both.'],
  [['measure.mjs', '--seconds', '0'], '--seconds is “0”; give a number from 1 to 600.'],
  [['cli.mjs', 'levitate'], /^There is no command “levitate”/],
])('%j is refused in one line with status 2', ([tool, ...args], sentence) => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'tools', tool!), ...args], { encoding: 'utf8' })
  expect({ status, lines: stderr.trim().split('\n') }).toEqual({ status: 2, lines: [typeof sentence === 'string' ? sentence : expect.stringMatching(sentence)] })
})
