import { expect, test } from 'vitest'
import { CIFAR_CLASSES } from '../data/cifar'
import { PICTURE_BYTES, type PictureSet } from '../data/picture-set'
import { Shelf } from './shelf'

/** As much of a browser’s private file system as a shelf uses, with a disk of a given size. */
class MemoryFolder {
  readonly kind = 'directory'
  readonly entries = new Map<string, MemoryFolder | Uint8Array>()
  constructor(readonly disk: { room: number }) {}
  async *keys() {
    yield* this.entries.keys()
  }
  async getDirectoryHandle(name: string, { create = false } = {}) {
    if (create && !this.entries.has(name)) this.entries.set(name, new MemoryFolder(this.disk))
    return this.entries.get(name) ?? Promise.reject(new DOMException('none', 'NotFoundError'))
  }
  async getFileHandle(name: string, { create = false } = {}) {
    if (!this.entries.has(name) && !create) throw new DOMException('none', 'NotFoundError')
    const bytes = () => (this.entries.get(name) ?? new Uint8Array(0)) as Uint8Array<ArrayBuffer>
    return {
      getFile: async () => new Blob([bytes()]),
      createSyncAccessHandle: async () => ({
        truncate: () => this.entries.set(name, new Uint8Array(0)),
        write: (data: Uint8Array, { at }: { at: number }) => {
          const grown = new Uint8Array(Math.max(bytes().length, at + data.length))
          this.disk.room -= grown.length - bytes().length
          if (this.disk.room < 0) throw new DOMException('full', 'QuotaExceededError')
          grown.set(bytes())
          grown.set(data, at)
          this.entries.set(name, grown)
          return data.length
        },
        flush() {},
        close() {},
      }),
    }
  }
  async removeEntry(name: string) {
    const folder = this.entries.get(name)
    if (folder instanceof MemoryFolder) for (const file of folder.entries.values()) this.disk.room += (file as Uint8Array).length
    this.entries.delete(name)
  }
}

function open(room = Infinity) {
  const root = new MemoryFolder({ room })
  return { root, shelf: new Shelf(async () => root as unknown as FileSystemDirectoryHandle) }
}

function pictures(count: number, first = 0): PictureSet {
  const labels = Uint8Array.from({ length: count }, (_, i) => (first + i) % 10)
  return { pixels: new Uint8Array(count * PICTURE_BYTES).fill(first + 1), labels }
}
const archive = { dataset: 'cifar10' as const, name: 'CIFAR-10 from x.tar.gz', classNames: CIFAR_CLASSES.cifar10, train: pictures(12), test: pictures(3, 5) }
const portion = (end: number, before: number) => ({
  part: 'train' as const, pictures: pictures(end - before, before),
  progress: { train: { ends: before === 0 ? [end] : [before, end], complete: false }, test: { ends: [], complete: false } },
})

test('a set comes back as it was kept, is listed with its size, and can be deleted', async () => {
  const { shelf } = open()
  await shelf.keep(archive)
  expect(await shelf.list()).toEqual([{ dataset: 'cifar10', name: archive.name, pictures: 15, bytes: 15 * (PICTURE_BYTES + 1) }])
  expect(await shelf.open('cifar10')).toEqual(archive)
  await shelf.forget('cifar10')
  expect([await shelf.list(), await shelf.open('cifar10')]).toEqual([[], undefined])
})

test('portions join, and what an unfinished write left behind them does not count', async () => {
  const { shelf, root } = open()
  const source = { ...archive, name: 'CIFAR-10 from Hugging Face' }
  await shelf.append(source, portion(6, 0), 0)
  const folder = await root.getDirectoryHandle('cifar10') as MemoryFolder
  folder.entries.set('train.labels', Uint8Array.of(...folder.entries.get('train.labels') as Uint8Array, 77, 77))
  await shelf.append(source, portion(9, 6), 6)
  const back = await shelf.open('cifar10')
  expect([...back!.train.labels]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(back).toMatchObject({ remote: { train: { ends: [6, 9], complete: false } } })
})

test('a full disk is told with a sentence, and nothing half written is registered', async () => {
  const { shelf } = open(6 * PICTURE_BYTES)
  await expect(shelf.keep(archive)).rejects.toThrow('The disk has no room left for these pictures: they are here until the page is closed. Delete a kept set to make room.')
  expect(await shelf.list()).toEqual([])
  await expect(shelf.append(archive, portion(3, 0), 0)).resolves.toBeUndefined()
  await expect(shelf.append(archive, portion(9, 3), 3)).rejects.toThrow('no room left')
  expect((await shelf.open('cifar10'))!.train.labels).toHaveLength(3)
})

test('a damaged set is told, and a browser that keeps nothing is no trouble', async () => {
  const { shelf, root } = open()
  await shelf.keep(archive)
  const folder = await root.getDirectoryHandle('cifar10') as MemoryFolder
  folder.entries.set('train.pixels', new Uint8Array(9))
  await expect(shelf.open('cifar10')).rejects.toThrow('What was kept of CIFAR-10 from x.tar.gz is damaged: delete it')
  folder.entries.set('about.json', new TextEncoder().encode('{"version": 2}'))
  expect(await shelf.list()).toEqual([])
  const none = new Shelf(() => Promise.reject(new DOMException('private', 'SecurityError')))
  expect([await none.list(), await none.open('own')]).toEqual([[], undefined])
  await expect(none.keep(archive)).rejects.toThrow('This browser keeps no pictures for the next visit')
})
