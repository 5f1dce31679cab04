import { createTar, createTarGzip } from 'nanotar'
import { existsSync, openAsBlob } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { unpack, type NamedFile } from './archive'
import { binaryRecords, madeUpPlanes, namedFile, pickleBytes, pythonBatch } from './made-up-cifar'
import { readPictureFiles } from './picture-files'
import { PICTURE_BYTES, DataError } from './picture-set'

const text = (name: string, content: string) => namedFile(name, new TextEncoder().encode(content))
const ten = (name: string, ...labels: number[]) => namedFile(name, binaryRecords('cifar10', labels))
const hundred = (name: string, ...labels: number[]) => namedFile(name, binaryRecords('cifar100', labels))

async function tarGz(name: string, members: NamedFile[]): Promise<NamedFile> {
  const data = await Promise.all(members.map(async (file) => ({
    name: `cifar/${file.name}`,
    data: (await unpack(file))[0]!.bytes,
  })))
  return namedFile(name, new Uint8Array(await createTarGzip(data)))
}

const BESIDE = [text('batches.meta.txt', 'airplane\n'), text('readme.html', '<html>'), text('._data_batch_1.bin', 'Mac')]

test('the official CIFAR-10 archive: batches joined by name, test apart, texts passed over', async () => {
  const archive = await tarGz('cifar-10-binary.tar.gz', [
    ...BESIDE, ten('data_batch_2.bin', 3, 4), ten('data_batch_10.bin', 9), ten('data_batch_1.bin', 1, 2),
    ten('test_batch.bin', 7, 8),
  ])
  const source = await readPictureFiles([archive])
  expect(source).toMatchObject({ dataset: 'cifar10', name: 'CIFAR-10 from cifar-10-binary.tar.gz' })
  expect(source.classNames[9]).toBe('truck')
  expect([...source.train.labels]).toEqual([1, 2, 3, 4, 9])
  expect([...source.test!.labels]).toEqual([7, 8])
  const planes = madeUpPlanes(4, 1)
  expect([...source.train.pixels.subarray(3 * PICTURE_BYTES, 3 * PICTURE_BYTES + 4)])
    .toEqual([planes[0], planes[1024], planes[2048], planes[1]])
})

test.each([
  ['.tgz of CIFAR-100', async () => [await tarGz('cifar-100-binary.tgz', [hundred('train.bin', 99, 5), hundred('test.bin', 6)])]],
  ['unpacked CIFAR-100', async () => [
    hundred('test.bin', 6), hundred('train.bin', 99, 5), text('fine_label_names.txt', 'apple'),
  ]],
  ['Python’s CIFAR-100', async () => [await tarGz('cifar-100-python.tar.gz', [
    namedFile('train', pythonBatch('fine_labels', [99, 5])), namedFile('test', pythonBatch('fine_labels', [6])),
    namedFile('meta', pickleBytes(['\x80\x02}.'])),
  ])]],
  ['an ungzipped tar', async () => [namedFile('cifar-100.tar', new Uint8Array(createTar([
    { name: 'train.bin', data: binaryRecords('cifar100', [99, 5]) }, { name: 'test.bin', data: binaryRecords('cifar100', [6]) },
    { name: 'readme.txt', data: 'end' },
  ])))]],
])('%s gives the same parts', async (_, files) => {
  const source = await readPictureFiles(await files())
  expect(source.dataset).toBe('cifar100')
  expect([...source.train.labels]).toEqual([99, 5])
  expect([...source.test!.labels]).toEqual([6])
})

test('unpacked Python batches of CIFAR-10', async () => {
  const source = await readPictureFiles([
    namedFile('test_batch', pythonBatch('labels', [6])),
    namedFile('data_batch_1', pythonBatch('labels', [1, 2])),
    namedFile('batches.meta', pickleBytes(['\x80\x02}.'])),
  ])
  expect([...source.train.labels, ...source.test!.labels]).toEqual([1, 2, 6])
  expect(source.name).toBe('CIFAR-10 from test_batch, data_batch_1')
})

test('one part alone is the training part, so that test pictures are held out from it', async () => {
  for (const name of ['data_batch_1.bin', 'test_batch.bin']) {
    const source = await readPictureFiles([ten(name, 1, 2, 3)])
    expect([...source.train.labels]).toEqual([1, 2, 3])
    expect(source.test).toBeUndefined()
  }
})

test('of two data sets, the preferred one is taken; without a preference they are refused', async () => {
  const files = [ten('cifar10-train.bin', 1, 2), hundred('cifar100-train.bin', 50)]
  expect([...(await readPictureFiles(files, 'cifar10')).train.labels]).toEqual([1, 2])
  expect([...(await readPictureFiles(files, 'cifar100')).train.labels]).toEqual([50])
  await expect(readPictureFiles(files)).rejects.toThrow(
    'Files of CIFAR-10 (cifar10-train.bin) and CIFAR-100 (cifar100-train.bin) are mixed: drop one data set at a time.',
  )
})

const huge = (name: string): NamedFile => ({ name, size: 300_000_000, stream: () => { throw new Error('It was read.') } })

test.each<[string, () => Promise<NamedFile[]> | NamedFile[], RegExp]>([
  ['an empty drop', () => [], /There are no files here: drop cifar-10-binary.tar.gz/],
  ['only texts', () => BESIDE, /batches.meta.txt, readme.html, .* hold no CIFAR pictures: drop/],
  ['a foreign archive', async () => [await tarGz('photos.tar.gz', [text('notes', 'hello')])],
    /photos.tar.gz holds no CIFAR/],
  ['a web page', () => [text('cifar-10-binary.tar.gz', '\n<!DOCTYPE html>')], /cifar-10-binary.tar.gz is a web page.*download/],
  ['a web page called .bin', () => [text('train.bin', '<html>')], /train.bin is a web page/],
  ['a zip', () => [text('cifar.zip', 'PK\x03\x04…')], /cifar.zip is a zip archive.*unpack it/],
  ['truncated records', () => [namedFile('test.bin', binaryRecords('cifar100', [1]).subarray(0, 3_000))],
    /test.bin has 3,000 bytes/],
  ['an empty batch', () => [text('data_batch_1.bin', '')], /data_batch_1.bin is empty/],
  ['one batch twice', async () => [await tarGz('c.tar.gz', [ten('data_batch_1.bin', 1)]), ten('data_batch_1.bin', 1)],
    /data_batch_1.bin is there twice/],
  ['too much together', () => [huge('a.tar.gz'), huge('b.tar.gz')], /a.tar.gz, b.tar.gz: 600 MB is beyond the limit/],
])('%s is refused with cause and cure', async (_, files, sentence) => {
  const reading = readPictureFiles(await files())
  await expect(reading).rejects.toThrow(DataError)
  await expect(reading).rejects.toThrow(sentence)
})

const folder = path.resolve('../shared/cifar')
describe.skipIf(!existsSync(folder))('the real pictures (needs the CIFAR files in ../shared/cifar)', () => {
  async function real(name: string): Promise<NamedFile> {
    const blob = await openAsBlob(path.join(folder, name))
    return { name, size: blob.size, stream: () => blob.stream() as ReadableStream<Uint8Array> }
  }

  test.each([
    ['cifar10', 10_000, 1_000],
    ['cifar100', 10_000, 2_000],
  ] as const)('the parts of %s', async (dataset, trainCount, testCount) => {
    const source = await readPictureFiles([await real(`${dataset}-train.bin`), await real(`${dataset}-test.bin`)])
    expect(source.dataset).toBe(dataset)
    expect(source.train.labels).toHaveLength(trainCount)
    expect(source.test!.labels).toHaveLength(testCount)
    expect(new Set(source.train.labels).size).toBe(source.classNames.length)
  })
})
