import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { compileKernels } from '../../../../tools/kernels.mjs'

it('the binaries are what the sources compile to', async () => {
  const committed = await readFile(new URL('./binaries.ts', import.meta.url), 'utf8')
  expect(await compileKernels() === committed, 'binaries.ts is old: run `node tools/kernels.mjs`.').toBe(true)
}, 180_000)
