import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { CIFAR_FAMILIES } from './cifar'
import { chooseClasses } from './class-choice'
import { RemoteCifar, type FetchOptions } from './hugging-face'
import { madeUpPlanes } from './made-up-cifar'
import { cifarParquet, decodeMadeUpPng, madeUpPng, VARIETY } from './made-up-pictures'
import { servePictures } from './made-up-server'
import { DataError, PICTURE_BYTES } from './picture-set'
import { splitPictures } from './split'

const TRAIN = '/cifar10/resolve/main/plain_text/train-00000-of-00001.parquet'
const TEST = '/cifar10/resolve/main/plain_text/test-00000-of-00001.parquet'
const HUNDRED = '/cifar100/resolve/main/cifar100/'
const inTurn = (count: number, classes = 10) => Array.from({ length: count }, (_, i) => i % classes)

let server: Awaited<ReturnType<typeof servePictures>>
const files: Record<string, Uint8Array> = {}
beforeAll(async () => {
  files[TRAIN] = cifarParquet('cifar10', inTurn(3_450))
  files[TEST] = cifarParquet('cifar10', inTurn(1_200))
  files[`${HUNDRED}train-00000-of-00001.parquet`] = cifarParquet('cifar100', inTurn(1_200, 100))
  files[`${HUNDRED}test-00000-of-00001.parquet`] = cifarParquet('cifar100', inTurn(300, 100))
  server = await servePictures(files)
})
afterAll(() => server.close())
beforeEach(() => {
  server.disturb(() => false)
  server.asked.length = 0
})

const wish = { ...DEFAULT_RECIPE, trainSize: 1_800, testSize: 200, labelsPerClass: 4 }
const options = (changes: Partial<FetchOptions> = {}): FetchOptions => ({ base: server.base, decode: decodeMadeUpPng, ...changes })

async function fetchAll(remote: RemoteCifar, wanted = wish, changes: Partial<FetchOptions> = {}) {
  const arrivals = []
  for await (const { part, pictures } of remote.fetch(wanted, options(changes))) arrivals.push(`${part} ${pictures.labels.length}`)
  return arrivals
}

test('only the row groups that a recipe needs are fetched, the first thousand and the test first', async () => {
  const remote = new RemoteCifar('cifar10')
  expect(await fetchAll(remote)).toEqual(['train 1000', 'test 1000', 'train 1000'])
  expect(remote.has(wish)).toBe(true)
  // Its beginning and its end for each of the two visits, and two of its four portions.
  expect(server.asked.filter((request) => request.startsWith(TRAIN))).toHaveLength(6)
  const source = chooseClasses(remote.sourceFor(wish), wish)
  expect(source).toMatchObject({ name: 'CIFAR-10 from Hugging Face', grows: true })
  const planes = madeUpPlanes(4, 1_204 % VARIETY)
  expect([...source.train.pixels.subarray(1_204 * PICTURE_BYTES, 1_204 * PICTURE_BYTES + 4)])
    .toEqual([planes[0], planes[1024], planes[2048], planes[1]])
  expect(splitPictures(source, wish).train.labels).toHaveLength(1_800)
})

test('a recipe has the same pictures however many were fetched', async () => {
  const [few, many] = [new RemoteCifar('cifar10'), new RemoteCifar('cifar10')]
  await fetchAll(few)
  await fetchAll(many, { ...wish, trainSize: 3_400 })
  expect(many.counts.train).toBe(3_450)
  const [one, other] = [few, many].map((remote) => splitPictures(remote.sourceFor(wish), wish))
  expect(other!.train.rows).toEqual(one!.train.rows)
  expect(other!.statistics).toEqual(one!.statistics)
})

test('what was fetched is not fetched again, and an interrupted fetch goes on', async () => {
  const remote = new RemoteCifar('cifar10')
  const way = new AbortController()
  const stopped = fetchAll(remote, wish, { signal: way.signal, onBytes: () => remote.counts.test > 0 && way.abort() })
  await expect(stopped).rejects.toThrow(/abort/i)
  expect(remote.counts).toEqual({ train: 1_000, test: 1_000 })
  expect(remote.usable(wish)).toBe(1_000)
  const early = { ...wish, trainSize: remote.usable(wish) }
  expect(splitPictures(remote.sourceFor(early), early).train.labels).toHaveLength(1_000)

  const { train, test: held } = remote.sourceFor(wish)
  const again = new RemoteCifar('cifar10', { train, test: held!, progress: remote.progress })
  expect(await fetchAll(again)).toEqual(['train 1000'])
  expect(await fetchAll(again)).toEqual([])
})

test('a choice of classes needs more rows', async () => {
  const remote = new RemoteCifar('cifar10')
  await fetchAll(remote, { ...wish, classes: 'cat,dog', trainSize: 500, testSize: 100 })
  expect(remote.counts).toEqual({ train: 3_000, test: 1_000 })
})

test('CIFAR-100 has both kinds of labels', async () => {
  const remote = new RemoteCifar('cifar100')
  const coarse = { ...wish, dataset: 'cifar100' as const, cifar100Labels: 'coarse' as const, trainSize: 1_000 }
  await fetchAll(remote, coarse)
  const source = chooseClasses(remote.sourceFor(coarse), coarse)
  expect(source.classNames).toEqual(CIFAR_FAMILIES)
  expect([...source.train.labels.subarray(0, 7)]).toEqual([0, 0, 0, 0, 0, 1, 1])
})

test('a damaged picture among good ones is left out', async () => {
  files[TRAIN] = cifarParquet('cifar10', inTurn(300), { pngs: inTurn(300).map((label, i) => (i === 7 ? new Uint8Array(9) : madeUpPng(label, i))) })
  const remote = new RemoteCifar('cifar10')
  await fetchAll(remote, { ...wish, trainSize: 200 })
  expect(remote.damaged).toBe(1)
  expect([...remote.sourceFor(wish).train.labels.subarray(5, 9)]).toEqual([5, 6, 8, 9])
  files[TRAIN] = cifarParquet('cifar10', inTurn(3_450))
})

describe('is refused with one sentence, and what came before stays:', () => {
  test.each<[string, Parameters<typeof server.disturb>[0] | Uint8Array, RegExp]>([
    ['a web page', (_, response) => { response.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>'); return true },
      /localhost:\d+ sent a web page instead of pictures.*or choose Shapes, which is built in\.$/],
    ['a file that has moved', (_, response) => { response.writeHead(404).end(); return true }, /answers 404 .* choose Shapes/],
    ['a busy server', (_, response) => { response.writeHead(503).end(); return true }, /is busy \(it answers 503\): wait a little/],
    ['a server without ranges', (_, response) => { response.writeHead(200).end('PAR1'); return true }, /does not send files in parts/],
    ['a cut connection', (_, response) => { response.destroy(); return true }, /cannot be reached from here: check the network/],
    ['truncated ranges', (request, response) => {
      if (request.headers.range === 'bytes=0-7') return false
      response.writeHead(206, { 'Content-Range': 'bytes 0-9/999' }).end('PAR1')
      return true
    }, /The download broke off: press the button again, and it goes on/],
    ['something else', new Uint8Array(5_000), /train-00000-of-00001\.parquet is no parquet file of CIFAR/],
    ['wrong columns', cifarParquet('cifar10', inTurn(10), { imageColumn: 'picture' }), /has no column “img”/],
    ['other labels', cifarParquet('cifar10', [1, 2, 12]), /Picture 3 of .* has the label 12, which CIFAR-10 does not know/],
  ])('%s', async (_, what, sentence) => {
    const whole = files[TRAIN]!
    if (typeof what === 'function') server.disturb(what)
    else files[TRAIN] = what
    const remote = new RemoteCifar('cifar10')
    const fetching = fetchAll(remote)
    await expect(fetching).rejects.toThrow(DataError)
    await expect(fetching).rejects.toThrow(sentence)
    expect(remote.counts).toEqual({ train: 0, test: 0 })
    files[TRAIN] = whole
  })

  test('a fault that passes is got over', async () => {
    let faults = 2
    server.disturb((_, response) => {
      if (faults-- <= 0) return false
      response.destroy()
      return true
    })
    expect(await fetchAll(new RemoteCifar('cifar10'))).toHaveLength(3)
  })
})
