import { strToU8, zipSync, type Zippable } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readDroppedPictures } from './dropped-pictures'
import { namedFile } from './made-up-cifar'
import { decodeMadeUpPng, plainPng } from './made-up-pictures'
import type { PathFile } from './own-pictures'
import { DataError, pictureAt } from './picture-set'
import { splitPictures } from './split'

const RED = [200, 10, 10] as const
const BLUE = [10, 10, 200] as const
const file = (path: string, bytes: Uint8Array<ArrayBuffer>): PathFile => ({ ...namedFile(path.split('/').at(-1)!, bytes), path })
const pictures = (folder: string, count: number, colour: readonly [number, number, number] = RED) =>
  Array.from({ length: count }, (_, i) => file(`${folder}/${i}.png`, plainPng(32, 32, colour)))
const zip = (members: Zippable, name = 'pets.zip') => file(name, new Uint8Array(zipSync(members)))
const zipped = (files: PathFile[], count = files.length) =>
  Promise.all(files.slice(0, count).map(async ({ path, stream }) =>
    [path, new Uint8Array(await new Response(stream() as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())] as const)).then((entries): Zippable => Object.fromEntries(entries))

const read = (files: PathFile[]) => readDroppedPictures(files, undefined, { decode: decodeMadeUpPng })

test('a folder of folders: a class for each, in the order of their names', async () => {
  const { source, leftOut } = await read([...pictures('pets/dogs', 6, BLUE), ...pictures('pets/cats', 5), file('pets/.DS_Store', new Uint8Array(3))])
  expect(source).toMatchObject({ dataset: 'own', name: 'Pictures from the folder pets', classNames: ['cats', 'dogs'] })
  expect(leftOut).toBeUndefined()
  expect(source.train.labels).toHaveLength(11)
  source.train.labels.forEach((label, i) => expect([...pictureAt(source.train, i).subarray(0, 3)]).toEqual(label === 0 ? [...RED] : [...BLUE]))
})

test('a zip gives the same, stored or deflated, and a part “test” is kept apart', async () => {
  const members = await zipped([...pictures('train/cats', 6), ...pictures('train/dogs', 6, BLUE), ...pictures('test/dogs', 2, BLUE), ...pictures('test/cats', 1)])
  const { source } = await read([zip({ ...members, '__MACOSX/train/cats/._1.png': strToU8('x') })])
  expect(source.classNames).toEqual(['cats', 'dogs'])
  expect(source.name).toBe('Pictures from pets.zip')
  expect([source.train.labels.length, [...source.test!.labels]]).toEqual([12, [1, 1, 0]])
  const stored = zip(Object.fromEntries(Object.entries(members).map(([path, bytes]) => [path, [bytes as Uint8Array, { level: 0 }]])))
  expect((await read([stored])).source.train.labels).toEqual(source.train.labels)
})

test('what is no picture is left out with a sentence that says why', async () => {
  const wide = plainPng(32, 32, RED)
  new DataView(wide.buffer).setUint32(16, 60_000)
  new DataView(wide.buffer).setUint32(20, 60_000)
  const { source, leftOut } = await read([
    ...pictures('a/cats', 5), ...pictures('a/dogs', 5), ...pictures('a/fish', 1),
    file('a/cats/list.txt', strToU8('cats') as Uint8Array<ArrayBuffer>),
    file('a/cats/broken.png', plainPng(32, 32, RED).subarray(0, 60) as Uint8Array<ArrayBuffer>),
    file('a/cats/page.jpg', strToU8('<html>') as Uint8Array<ArrayBuffer>),
    file('a/dogs/wide.png', wide), file('loose.png', plainPng(32, 32, RED)),
  ])
  expect(source.classNames).toEqual(['cats', 'dogs'])
  expect(source.train.labels).toHaveLength(10)
  expect(leftOut).toBe(
    '5 files were left out: 1 no PNG, JPEG or WebP, 1 in no folder that names a class, 1 of more than 64 megapixels, 2 damaged. '
    + 'The class “fish” was left out: a class needs at least 5 pictures.',
  )
})

test('a test part of other names is said to be left out, and a run that nothing could measure is refused', async () => {
  const train = [...pictures('a/train/cat', 5), ...pictures('a/train/dog', 5)]
  const some = await read([...train, ...pictures('a/test/cats', 2), ...pictures('a/test/dog', 1)])
  expect(some.leftOut).toBe('The test pictures of “cats” were left out: no training pictures are of that name. No test picture is of “cat”.')
  expect(some.source.test!.labels).toEqual(Uint8Array.of(1))
  const { source } = await read([...train, ...pictures('a/test/cats', 2)])
  expect(() => splitPictures(source, { trainSize: 10, testSize: 2, labelsPerClass: 1, seed: 1 }))
    .toThrow(/no picture of the classes “cat”, “dog”/)
})

test('names lead nowhere and are kept as they are', async () => {
  const members = await zipped([...pictures('<img src=x onerror=alert(1)>', 5), ...pictures('b', 5), ...pictures('../../etc', 5), ...pictures('/root', 5)])
  const { source, leftOut } = await read([zip(members)])
  expect(source.classNames).toEqual(['<img src=x onerror=alert(1)>', 'b'])
  expect(leftOut).toBe('10 files were left out: 10 with a path that leads elsewhere.')
})

test('is stopped between two pictures, and within an archive of which nothing is wanted', async () => {
  const stopped = AbortSignal.abort()
  const reading = (files: PathFile[]) => readDroppedPictures(files, undefined, { decode: decodeMadeUpPng, signal: stopped })
  await expect(reading(pictures('pets/cats', 3))).rejects.toThrow(/abort/i)
  await expect(reading([zip({ 'a/notes.txt': strToU8('x') })])).rejects.toThrow(/abort/i)
})

describe('is refused with one sentence:', () => {
  const bomb = () => {
    const bytes = zipSync({ 'a/1.png': new Uint8Array(60_000_000), 'a/2.png': plainPng(32, 32, RED) })
    // The archive says that little comes out of it.
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    view.setUint32(22, 1_000, true)
    return file('bomb.zip', new Uint8Array(bytes))
  }
  test.each<[string, () => Promise<PathFile[]> | PathFile[], RegExp]>([
    ['two classes of one name', () => [...pictures('a/cat', 5), ...pictures('b/Cat', 5)], /Two classes would have one name, “Cat” \(the folders a\/cat and b\/Cat\): rename one/],
    ['a single class', () => pictures('pets/cats', 9), /the folder pets holds one class, “cats”, of 5 or more pictures.*one folder for each class/],
    ['classes of one picture', () => [...pictures('p/cats', 1), ...pictures('p/dogs', 9)], /The class “cats” was left out: a class needs at least 5 pictures/],
    ['pictures without a folder', () => [file('1.png', plainPng(32, 32, RED))], /holds no class.*1 in no folder that names a class/],
    ['too many folders', () => Array.from({ length: 101 }, (_, i) => pictures(`p/${i}`, 5)).flat(), /These are 101 folders, but a run tells 100 classes apart/],
    ['a cut zip', async () => {
      const whole = zipSync(await zipped([...pictures('a', 5), ...pictures('b', 5)]))
      return [file('cut.zip', new Uint8Array(whole.subarray(0, 200)))]
    }, /cut\.zip is damaged or was cut off/],
    ['no zip', () => [file('page.zip', strToU8('<html>not here</html>') as Uint8Array<ArrayBuffer>)], /page\.zip is damaged or was cut off/],
    ['a bomb', () => [bomb()], /bomb\.zip holds no class.*1 damaged or too large/],
  ])('%s', async (_, files, sentence) => {
    const reading = read(await files())
    await expect(reading).rejects.toThrow(DataError)
    await expect(reading).rejects.toThrow(sentence)
  })
})
