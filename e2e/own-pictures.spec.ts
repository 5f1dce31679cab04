import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { plainPng } from '../src/data/made-up-pictures'
import { written } from './archives'
import { TINY } from './playground'
import { expect, test } from './test'

const MARKUP = '<b>cats'
/** Wide pictures of a colour each, of two classes. */
const colours = { [MARKUP]: [220, 30, 30], dogs: [30, 120, 220] } as const
const members = Object.fromEntries(Object.entries(colours).flatMap(([name, colour]) =>
  Array.from({ length: 30 }, (_, i) => [`${name}/${i}.png`, plainPng(60 + i, 40, colour)])))
const BAD = { 'dogs/broken.png': plainPng(40, 40, [0, 0, 0]).subarray(0, 50), 'dogs/list.txt': strToU8('dogs') }
const TOLD = 'One file was left out: 1 no PNG, JPEG or WebP.'

test('a zip of folders trains, whatever its names, and its sizes fit', async ({ playground, page }, testInfo) => {
  await playground.open(TINY, 'wasm')
  await playground.drop(written(testInfo.outputPath(), 'pets.zip', zipSync({ ...members, ...BAD })))
  await expect(playground.settings).toContainText('Pictures from pets.zip: 20 with a label, 28 without, 12 to test.')
  await expect(playground.notices).toContainText('2 files were left out: 1 damaged, 1 no PNG, JPEG or WebP.')
  await expect(page.getByRole('radio', { name: 'Own' })).toBeChecked()
  await expect(playground.pictures.first()).toHaveAccessibleName(/of 2 classes: <b>cats, dogs/)
  await playground.train.click()
  await playground.reaches(3)
  await playground.halt()
  await page.reload()
  await expect(playground.settings).toContainText('Pictures from pets.zip: 20 with a label, 28 without, 12 to test.')
})

test('a dropped folder of folders is read as classes, and some of them are chosen', async ({ playground, page }, testInfo) => {
  const folder = testInfo.outputPath('zoo')
  for (const name of ['cats', 'dogs', 'fish']) {
    mkdirSync(join(folder, name), { recursive: true })
    for (let i = 0; i < 20; i++) written(join(folder, name), `${i}.png`, plainPng(50, 50, name === 'fish' ? [0, 200, 0] : [200, 0, 0]))
  }
  written(folder, 'cats/notes.txt', 'cats')
  await playground.open(TINY, 'wasm')
  await playground.drop(folder)
  await expect(playground.settings).toContainText('Pictures from the folder zoo: 30 with a label, 18 without, 12 to test.')
  await expect(playground.notices).toContainText(TOLD)
  await playground.settings.getByText('Classes', { exact: true }).last().click()
  await playground.settings.getByRole('checkbox', { name: 'dogs' }).uncheck()
  await expect(playground.pictures.first()).toHaveAccessibleName(/of 2 classes: cats, fish/)
  await expect(page).toHaveURL(/classes=cats%2Cfish/)
  await expect(playground.settings.getByRole('checkbox', { name: 'cats' })).toBeDisabled()
})
