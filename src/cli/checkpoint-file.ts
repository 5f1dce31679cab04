import { access, constants, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { CheckpointError, decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/checkpoint'

/** @throws CheckpointError when the file is missing or is no whole checkpoint */
export async function readCheckpointFile(path: string): Promise<Checkpoint> {
  const bytes = await readFile(path).catch(() => {
    throw new CheckpointError(`There is no checkpoint ${path}: name a file that --save has written.`)
  })
  return decodeCheckpoint(bytes, basename(path))
}

/** Whole or not at all: a command that is ended meanwhile leaves no half file. */
export async function writeCheckpointFile(path: string, checkpoint: Checkpoint): Promise<void> {
  const whole = `${path}.${process.pid}`
  await writeFile(whole, encodeCheckpoint(checkpoint))
  await rename(whole, path)
}

/**
 * Asks before the training and not after it whether its result can be written.
 * @throws CheckpointError when it cannot
 */
export async function checkWritable(path: string): Promise<void> {
  const folder = dirname(path)
  const writable = await access(folder, constants.W_OK).then(() => true, () => false)
  const isFolder = await stat(path).then((found) => found.isDirectory(), () => false)
  if (isFolder) throw new CheckpointError(`${path} is a folder: name a file to save to.`)
  if (!writable) throw new CheckpointError(`The checkpoint cannot be written to ${path}: name a file in a folder that exists and may be written to.`)
}
