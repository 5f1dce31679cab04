import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hasRoomFor, writeWhole } from './whole-file'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-file-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('writes a file whole, and leaves nothing behind where it cannot', async () => {
  await writeWhole(join(folder, 'table.md'), 'one')
  await writeWhole(join(folder, 'table.md'), 'two')
  await mkdir(join(folder, 'taken', 'by', 'folders'), { recursive: true })
  await expect(writeWhole(join(folder, 'taken'), 'three')).rejects.toThrow()
  expect((await readdir(folder)).sort()).toEqual(['table.md', 'taken'])
  expect(await readFile(join(folder, 'table.md'), 'utf8')).toBe('two')
})

it('tells before whether there is room, and leaves nothing behind', async () => {
  const names = await readdir(folder)
  expect(await hasRoomFor(join(folder, 'new.md'))).toBe(true)
  expect(await hasRoomFor(join(folder, 'nowhere', 'new.md'))).toBe(false)
  expect(await hasRoomFor(join(folder, 'n'.repeat(300)))).toBe(false)
  expect(await readdir(folder)).toEqual(names)
})
