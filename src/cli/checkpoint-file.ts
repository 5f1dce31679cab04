import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { CheckpointError, decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../training/checkpoint'
import { hasRoomFor, writeWhole } from './whole-file'

/** @throws CheckpointError when the file is missing, cannot be read, or is no whole checkpoint */
export async function readCheckpointFile(path: string): Promise<Checkpoint> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CheckpointError(`${whyUnread(path, error)}: name a file that --save has written.`)
  })
  return decodeCheckpoint(bytes, basename(path))
}

export function writeCheckpointFile(path: string, checkpoint: Checkpoint): Promise<void> {
  return writeWhole(path, encodeCheckpoint(checkpoint))
}

/**
 * Asks before the training and not after it whether its result can be written.
 * @throws CheckpointError when it cannot
 */
export async function checkWritable(path: string): Promise<void> {
  if (path === '') throw new CheckpointError('--save names no file: name one to save to.')
  const isFolder = await stat(path).then((found) => found.isDirectory(), () => false)
  if (isFolder) throw new CheckpointError(`${path} is a folder: name a file to save to.`)
  if (await hasRoomFor(path)) return
  throw new CheckpointError(`The checkpoint cannot be written to ${path}: name a file in a folder that exists and may be written to.`)
}

function whyUnread(path: string, { code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return `There is no checkpoint ${path}`
  if (code === 'EISDIR') return `${path} is a folder and no checkpoint`
  return `The checkpoint ${path} cannot be read (${code})`
}
