import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { binaryRecords } from '../data/made-up-cifar'
import { DataError } from '../data/picture-set'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { openPictureSource } from './picture-source'

const CIFAR = { ...DEFAULT_RECIPE, dataset: 'cifar10' } as const
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picture-source-'))
})
afterAll(() => rm(folder, { recursive: true }))

it('passes over what cannot be read in a folder', async () => {
  await writeFile(join(folder, 'data_batch_1.bin'), binaryRecords('cifar10', [0, 1, 2]))
  await symlink('nowhere.bin', join(folder, 'data_batch_2.bin'))
  expect((await openPictureSource(CIFAR, folder)).train.labels).toEqual(Uint8Array.of(0, 1, 2))
})

it.each([
  ['nowhere.bin', 'There is no file or folder nowhere.bin.'],
  [devNull, `${devNull} is no file that can be read: name a CIFAR archive, a batch file, or a folder that holds them.`],
])('refuses %s with what it is', async (data, sentence) => {
  await expect(openPictureSource(CIFAR, data)).rejects.toThrow(new DataError(sentence))
})

it('refuses files beside the built-in pictures, which would not be read', async () => {
  await expect(openPictureSource(DEFAULT_RECIPE, 'cifar.bin'))
    .rejects.toThrow(new DataError('--data was named, but the pictures are Shapes: add --dataset cifar10 or cifar100.'))
  await expect(openPictureSource(DEFAULT_RECIPE, undefined, 'cifar.bin'))
    .rejects.toThrow(new DataError('--test was named, but the pictures are Shapes: add --dataset cifar10 or cifar100.'))
})
