import { createTar, createTarGzip } from 'nanotar'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpack, type NamedFile } from './archive'
import { namedFile } from './made-up-cifar'

const FILES = [
  { name: 'folder/one.bin', data: new Uint8Array(700).fill(1) },
  { name: 'folder/deeper/two.bin', data: new Uint8Array(3_000).map((_, i) => i % 251) },
]

test('members of a tar, gzipped or not, by their own names', async () => {
  const expected = [{ name: 'one.bin', bytes: FILES[0]!.data }, { name: 'two.bin', bytes: FILES[1]!.data }]
  expect(await unpack(namedFile('x.tar', new Uint8Array(createTar(FILES))))).toEqual(expected)
  expect(await unpack(namedFile('x.tar.gz', new Uint8Array(await createTarGzip(FILES))))).toEqual(expected)
})

test('folders and links of a tar are no members', async () => {
  const bytes = new Uint8Array(createTar([{ name: 'folder' }, ...FILES, { name: 'link', data: new Uint8Array(0) }]))
  bytes[bytes.findIndex((_, i) => i % 512 === 0 && bytes[i] === 'l'.charCodeAt(0)) + 156] = '2'.charCodeAt(0)
  expect((await unpack(namedFile('x.tar', bytes))).map(({ name }) => name)).toEqual(['one.bin', 'two.bin'])
})

test('other files are their own only member', async () => {
  const bytes = Uint8Array.of(1, 2, 3)
  expect(await unpack(namedFile('a.bin', bytes))).toEqual([{ name: 'a.bin', bytes }])
  expect(await unpack(namedFile('a.bin.gz', new Uint8Array(gzipSync(bytes))))).toEqual([{ name: 'a.bin', bytes }])
})

test('a file of 2 GB is refused before it is read', async () => {
  const huge: NamedFile = {
    name: 'huge.tar.gz', size: 2_000_000_000, stream: () => { throw new Error('It was read.') },
  }
  await expect(unpack(huge)).rejects.toThrow(/huge.tar.gz: 2,000 MB is beyond the limit of 400 MB; drop the official/)
})

test('a gzip bomb is refused while it unpacks', async () => {
  const bomb = namedFile('bomb.tar.gz', new Uint8Array(gzipSync(new Uint8Array(20_000_000))))
  expect(bomb.size).toBeLessThan(100_000)
  await expect(unpack(bomb, 1_000_000)).rejects.toThrow(/bomb.tar.gz: its content is beyond the limit of 1 MB/)
})

test('a file that turns out longer than its declared size is refused', async () => {
  const liar: NamedFile = { ...namedFile('liar.bin', new Uint8Array(5_000)), size: 10 }
  await expect(unpack(liar, 1_000)).rejects.toThrow(/liar.bin: its content is beyond/)
})

test.each([0.3, 0.7, 0.98])('an archive cut at %f of its length is refused', async (share) => {
  const noise = { name: 'noise.bin', data: new Uint8Array(50_000).map((_, i) => (i * i * 7919) >> 5) }
  const cut = (bytes: Uint8Array) => new Uint8Array(bytes.subarray(0, Math.floor(share * bytes.length)))
  const packed = namedFile('x.tar.gz', cut(await createTarGzip([noise])))
  await expect(unpack(packed)).rejects.toThrow(/x.tar.gz is damaged or was cut off.*download or copy it again/)
  const bare = namedFile('x.tar', cut(createTar([noise]).subarray(0, 50_600)))
  await expect(unpack(bare)).rejects.toThrow(/x.tar is damaged or was cut off/)
})

test('a tar whose member has a negative size ends with a sentence', async () => {
  const bytes = new Uint8Array(createTar(FILES))
  bytes.set(new TextEncoder().encode('-0000001000\0'), 124)
  await expect(unpack(namedFile('x.tar', bytes))).rejects.toThrow(/x.tar is damaged/)
})

test('a file that cannot be read is named', async () => {
  const gone: NamedFile = {
    name: 'folder', size: 4_096,
    stream: () => new ReadableStream({ start: (controller) => controller.error(new Error('NotReadable')) }),
  }
  await expect(unpack(gone)).rejects.toThrow(/folder cannot be read: choose it again.*the files inside/)
})
