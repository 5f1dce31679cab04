import { openAsBlob } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { NamedFile } from '../data/archive'
import { DataError, type PictureSource } from '../data/picture-set'
import { chooseClasses } from '../data/class-choice'
import { readPictureFiles, type NamedSource } from '../data/picture-files'
import { shapesSource } from '../data/shapes'
import { drawnShapes } from '../data/drawn-shapes'
import type { Recipe } from '../recipe/recipe'

/**
 * The pictures that a command line names, of the classes that the recipe chooses: a file or folder with CIFAR, or the
 * built-in set.
 * @param test a file whose pictures measure instead of the source’s own test part
 * @throws DataError when a file is missing, is of another data set, or cannot be read
 */
export async function openPictureSource(recipe: Recipe, data?: string, test?: string): Promise<PictureSource> {
  return chooseClasses(await wholeSource(recipe, data, test), recipe)
}

async function wholeSource(recipe: Recipe, data?: string, test?: string): Promise<NamedSource> {
  const { dataset } = recipe
  if (dataset === 'shapes') return drawnShapes(recipe, shapesSource)
  if (dataset === 'own') {
    throw new DataError('Own pictures need a browser, which decodes them: open the page with “npm start”, or choose --dataset shapes, cifar10 or cifar100.')
  }
  if (!data) throw new DataError(`Name the pictures of ${dataset}: --data FILE_OR_FOLDER.`)
  const source = await readPictureFiles(await filesAt(data), dataset)
  if (source.dataset !== dataset) {
    throw new DataError(`${data} holds ${source.dataset}, not ${dataset}: change --data or --dataset.`)
  }
  if (!test) return source
  const measured = await readPictureFiles(await filesAt(test), dataset)
  if (measured.dataset !== dataset) {
    throw new DataError(`${test} holds ${measured.dataset}, not ${dataset}: change --test or --dataset.`)
  }
  return { ...source, test: measured.test ?? measured.train }
}

async function filesAt(path: string): Promise<NamedFile[]> {
  const kind = await stat(path).catch(() => {
    throw new DataError(`There is no file or folder ${path}.`)
  })
  const paths = kind.isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path]
  const files = await Promise.all(paths.map(async (file) => ({ file, is: await stat(file) })))
  return Promise.all(files.filter(({ is }) => is.isFile()).map(async ({ file, is }) => {
    const blob = await openAsBlob(file)
    return { name: basename(file), size: is.size, stream: () => blob.stream() as ReadableStream<Uint8Array> }
  }))
}
