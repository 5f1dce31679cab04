import { expect, it } from 'vitest'
import { decodeMadeUpPng, cifarParquet } from '../data/made-up-pictures'
import { servePictures } from '../data/made-up-server'
import { shapesSource } from '../data/shapes'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { Library } from './library'
import { Shelf } from './shelf'

const EMPTY_SHELF = new Shelf(() => Promise.reject(new Error('no disk here')))
const inTurn = (count: number) => Array.from({ length: count }, (_, i) => i % 10)
const recipe = { ...DEFAULT_RECIPE, dataset: 'cifar10', trainSize: 1_000, testSize: 100 } as const

it('keeps a choice of classes for which too few pictures are here, and says that more are to be had', async () => {
  const server = await servePictures({
    '/cifar10/resolve/main/plain_text/train-00000-of-00001.parquet': cifarParquet('cifar10', inTurn(2_000)),
    '/cifar10/resolve/main/plain_text/test-00000-of-00001.parquet': cifarParquet('cifar10', inTurn(200)),
  })
  try {
    const library = new Library(shapesSource, EMPTY_SHELF)
    const remote = library.remote('cifar10')!
    for await (const arrival of remote.fetch(recipe, { base: server.base, decode: decodeMadeUpPng })) expect(arrival.pictures.labels.length).toBeGreaterThan(0)
    expect(library.ownClasses({ ...recipe, classes: 'cat,dog', trainSize: 200, testSize: 20 })).toEqual({ classes: 'cat,dog' })
    expect(library.ownClasses({ ...recipe, classes: 'cat,unicorn', trainSize: 100, testSize: 10 })).toEqual({ classes: '' })
    expect(() => library.ownClasses({ ...recipe, classes: 'cat,dog' })).toThrow(/1,000 training pictures of CIFAR-10 are here so far, too few/)
  } finally {
    await server.close()
  }
})
