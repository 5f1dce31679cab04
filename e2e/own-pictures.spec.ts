import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
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

test('JPEG, WebP and PNG of any size become their middle square, scaled down with every pixel in the mean', async ({ playground, page }, testInfo) => {
  await playground.open(TINY, 'wasm')
  const photos = await drawPhotos(page)
  await playground.drop(written(testInfo.outputPath(), 'photos.zip', zipSync(Object.fromEntries(
    ['jpeg', 'webp', 'png'].flatMap((type) => photos[type]!.flatMap((bytes, i) => [[`wide/${i}.${type}`, bytes], [`again/${i}.${type}`, bytes]])),
  ))))
  await expect(playground.settings).toContainText('Pictures from photos.zip')
  await page.getByRole('tab', { name: 'Views' }).click()
  const picture = page.getByRole('img', { name: /^A picture of/ })
  for (let turn = 0; turn < 6; turn++) {
    await expect.poll(() => coloursAt(picture)).toEqual({ red: true, green: true, blue: true })
    await page.getByRole('button', { name: 'Another picture' }).click()
  }
})

/** Photographs of several sizes by type: green in the middle square, red beside it, and a checkerboard of single pixels in blue. */
async function drawPhotos(page: Page): Promise<Record<string, Uint8Array[]>> {
  const drawn = await page.evaluate(async () => {
    const photos: Record<string, string[]> = {}
    for (const type of ['jpeg', 'webp', 'png']) {
      photos[type] = []
      for (const [width, height] of [[640, 480], [97, 300], [1_500, 1_100]] as const) {
        const canvas = new OffscreenCanvas(width, height)
        const context = canvas.getContext('2d')!
        const photo = context.createImageData(width, height)
        const side = Math.min(width, height)
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const inside = Math.max(Math.abs(x + 0.5 - width / 2), Math.abs(y + 0.5 - height / 2)) < side / 2 - 1
            photo.data.set([inside ? 0 : 255, inside ? 200 : 0, (x + y) % 2 ? 255 : 0, 255], (y * width + x) * 4)
          }
        }
        context.putImageData(photo, 0, 0)
        const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: `image/${type}`, quality: 1 })).arrayBuffer())
        photos[type].push(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''))
      }
    }
    return photos
  })
  return Object.fromEntries(Object.entries(drawn).map(([type, list]) => [type, list.map((text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0)))]))
}

/** Whether all pixels but those at the edge are as the photographs’ middle squares are on average. */
function coloursAt(picture: Locator): Promise<Record<'red' | 'green' | 'blue', boolean>> {
  return picture.evaluate((canvas: HTMLCanvasElement) => {
    const edge = Math.ceil(canvas.width / 16)
    const { data } = canvas.getContext('2d')!.getImageData(edge, edge, canvas.width - 2 * edge, canvas.height - 2 * edge)
    const all = (channel: number, low: number, high: number) =>
      data.every((value, at) => at % 4 !== channel || (value >= low && value <= high))
    return { red: all(0, 0, 60), green: all(1, 150, 240), blue: all(2, 90, 165) }
  })
}
