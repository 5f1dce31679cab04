import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { createTarGzip } from 'nanotar'
import { binaryRecords } from '../src/data/made-up-cifar'
import { launchOptions } from './browser'
import { Playground } from './playground'
import { keepWorkerEvents } from './worker-events'

const RECORDS = 10_000
const PHOTOS = 2_000
/** A task of the page’s thread that lasts longer than this delays what a person does. */
const LONG_MILLISECONDS = 50
const REAL = resolve('../shared/cifar/cifar10-train.bin')

interface Reading {
  seconds: number
  longTasks: number
  longestMilliseconds: number
}
export interface DataMeasurements {
  browser: string
  archive: Reading & { of: string; bytesPerPicture: number }
  photos: Reading
  shapes: Reading & { pictures: number }
}

declare global {
  interface Performance {
    measureUserAgentSpecificMemory(): Promise<{ bytes: number }>
  }
}

/** Measures how long the built page at `address` takes to have pictures ready to train, and what they weigh. */
export async function measureData(address: string): Promise<DataMeasurements> {
  const browser = await chromium.launch(await launchOptions('wasm'))
  const folder = mkdtempSync(join(tmpdir(), 'playground-'))
  try {
    const page = await browser.newPage({ baseURL: address, viewport: { width: 1280, height: 720 }, serviceWorkers: 'block' })
    await keepWorkerEvents(page)
    await page.addInitScript(() => {
      window.longTasks = []
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: 'longtask' })
    })
    const playground = new Playground(page)
    await playground.open({}, 'wasm')
    const archive = join(folder, 'cifar-10-binary.tar.gz')
    writeFileSync(archive, await createTarGzip([{ name: 'cifar-10-batches-bin/data_batch_1.bin', data: records() }]))
    const before = await weigh(page)
    const archived = await timed(page, () => playground.drop(archive))
    const bytesPerPicture = Math.round((await weigh(page) - before) / RECORDS)
    await writePhotos(page, join(folder, 'photos'))
    const photos = await timed(page, () => playground.drop(join(folder, 'photos')))
    const shapes = await timeShapes(page, playground)
    return {
      browser: `Chromium ${browser.version()}`,
      archive: { ...archived, of: existsSync(REAL) ? 'CIFAR-10' : 'made-up pictures', bytesPerPicture },
      photos,
      shapes,
    }
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true })
  }
}

function records(): Uint8Array {
  if (existsSync(REAL)) return readFileSync(REAL).subarray(0, RECORDS * 3_073)
  return binaryRecords('cifar10', Array.from({ length: RECORDS }, (_, i) => i % 10))
}

/** From a drop to the worker’s word that the pictures are ready. */
async function timed(page: Page, drop: () => Promise<void>): Promise<Reading> {
  await forget(page, 'drop')
  await drop()
  await page.waitForFunction(() => window.workerEvents.some((said) => said.kind === 'dataset' && said.adopt), null, { timeout: 300_000 })
  const reading = await read(page)
  await page.waitForFunction(() => window.workerEvents.some((said) => said.kind === 'kept'), null, { timeout: 60_000 })
  return { ...reading, ...longOnes(await page.evaluate(() => window.longTasks)) }
}

/** From the key that asks for as many Shapes as there can be until all are drawn and ready. */
async function timeShapes(page: Page, playground: Playground) {
  await forget(page, 'drop')
  await playground.settings.getByRole('radio', { name: 'Shapes' }).check()
  await page.waitForFunction(() => window.workerEvents.some((said) => said.kind === 'dataset'))
  await forget(page, 'keydown')
  await playground.slider('Training pictures').press('End')
  await page.waitForFunction(() => window.workerEvents.some((said) => said.kind === 'dataset'), null, { timeout: 60_000 })
  const pictures = await page.evaluate(() => window.workerEvents
    .flatMap((said) => (said.kind === 'dataset' ? [said.summary.split.train + said.summary.split.test] : [])).at(-1) ?? 0)
  return { ...await read(page), pictures }
}

/** Begins a measurement, which counts from the next event of this kind. */
async function forget(page: Page, kind: 'drop' | 'keydown'): Promise<void> {
  await page.evaluate((kind) => {
    window.longTasks = []
    window.workerEvents = []
    addEventListener(kind, () => (window.pressedAt = performance.now()), { capture: true, once: true })
  }, kind)
}

/** From the event until pictures were ready, and the page’s long tasks so far. */
async function read(page: Page): Promise<Reading> {
  const { milliseconds, tasks } = await page.evaluate(() => {
    const shown = window.workerEvents.filter((said) => said.kind === 'dataset')
    const ready = shown.find((said) => said.adopt) ?? shown[0]
    return { milliseconds: ready!.at - window.pressedAt, tasks: window.longTasks }
  })
  return { seconds: milliseconds / 1_000, ...longOnes(tasks) }
}

function longOnes(tasks: readonly number[]): Omit<Reading, 'seconds'> {
  return {
    longTasks: tasks.filter((duration) => duration > LONG_MILLISECONDS).length,
    longestMilliseconds: Math.round(Math.max(0, ...tasks)),
  }
}

/** Bytes of the page with its workers, what is thrown away left out. */
async function weigh(page: Page): Promise<number> {
  const { bytes } = await page.evaluate(() => performance.measureUserAgentSpecificMemory())
  return bytes
}

/** JPEGs of 640×480 in folders of two classes, as a camera’s: noise over a gradient, drawn by the browser. */
async function writePhotos(page: Page, folder: string): Promise<void> {
  const drawn = await page.evaluate(async () => {
    const photos: string[] = []
    for (let number = 0; number < 20; number++) {
      const canvas = new OffscreenCanvas(640, 480)
      const context = canvas.getContext('2d')!
      const picture = context.createImageData(640, 480)
      for (let at = 0, state = number + 1; at < picture.data.length; at += 4) {
        state = (state * 48_271) % 2_147_483_647
        picture.data.set([(at / 4) % 256, (at / 2_560) % 256, state % 64, 255], at)
      }
      context.putImageData(picture, 0, 0)
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer())
      photos.push(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''))
    }
    return photos.map((text) => btoa(text))
  })
  const photos = drawn.map((text) => Buffer.from(text, 'base64'))
  for (const name of ['cats', 'dogs']) mkdirSync(join(folder, name), { recursive: true })
  for (let i = 0; i < PHOTOS; i++) writeFileSync(join(folder, i % 2 ? 'cats' : 'dogs', `${i}.jpg`), photos[i % photos.length]!)
}

/** The measurements as lines of a table. */
export function tableOf({ browser, archive, photos, shapes }: DataMeasurements): string {
  const tasks = ({ longTasks, longestMilliseconds }: Reading) => `${longTasks} (longest ${longestMilliseconds} ms)`
  const rows = [
    ['browser', browser],
    [`${RECORDS} records of ${archive.of}, from the drop of their archive until ready to train`, `${archive.seconds.toFixed(2)} s`],
    ['tasks of the page over 50 ms meanwhile', tasks(archive)],
    ['memory of a picture, page and worker together', `${archive.bytesPerPicture} bytes`],
    [`${PHOTOS} JPEGs of 640×480, from the drop of their folder until ready to train`, `${photos.seconds.toFixed(2)} s`],
    ['tasks of the page over 50 ms meanwhile', tasks(photos)],
    [`${shapes.pictures} Shapes, from the key until drawn and ready to train`, `${shapes.seconds.toFixed(2)} s, ${Math.round(shapes.pictures / shapes.seconds)} a second`],
    ['tasks of the page over 50 ms meanwhile', tasks(shapes)],
  ]
  const width = Math.max(...rows.map(([name]) => name!.length))
  return rows.map(([name, value]) => `${name!.padEnd(width)}  ${value}`).join('\n')
}
