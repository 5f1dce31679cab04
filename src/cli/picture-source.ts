import { openAsBlob } from 'node:fs'
import { access, constants, readdir, stat } from 'node:fs/promises'
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
 * @throws DataError when a file is missing, is of another data set, or cannot be read, and for one that is named in vain
 */
export async function openPictureSource(recipe: Recipe, data?: string, test?: string): Promise<PictureSource> {
  return chooseClasses(await wholeSource(recipe, data, test), recipe)
}

async function wholeSource(recipe: Recipe, data?: string, test?: string): Promise<NamedSource> {
  const { dataset } = recipe
  if (dataset === 'shapes') {
    const inVain = data !== undefined ? '--data' : test !== undefined ? '--test' : undefined
    if (inVain) throw new DataError(`${inVain} was named, but the pictures are Shapes: add --dataset cifar10 or cifar100.`)
    return drawnShapes(recipe, shapesSource)
  }
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
  const names = kind.isDirectory() ? await namesIn(path) : undefined
  const files = await Promise.all(names ? names.map((name) => fileAt(join(path, name))) : [fileAt(path)])
  const readable = files.filter((file) => file !== undefined)
  if (!names && readable.length === 0) {
    throw new DataError(`${path} is no file that can be read: name a CIFAR archive, a batch file, or a folder that holds them.`)
  }
  return readable
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new DataError(`The folder ${folder} cannot be read (${error.code}): name one that can.`)
  })
}

/** Undefined where there is no file that can be read: what else lies in a folder, a dangling link among it, is passed over. */
async function fileAt(path: string): Promise<NamedFile | undefined> {
  const is = await access(path, constants.R_OK).then(() => stat(path)).catch(() => undefined)
  if (!is?.isFile()) return undefined
  const blob = await openAsBlob(path)
  return { name: basename(path), size: is.size, stream: () => blob.stream() as ReadableStream<Uint8Array> }
}
