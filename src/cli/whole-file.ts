import { rename, rm, writeFile } from 'node:fs/promises'

/**
 * Writes a file whole or not at all: a command that is ended meanwhile leaves no half file, and one that fails none beside it.
 * @throws Error of the file system when it cannot be written
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const whole = besides(path)
  try {
    await writeFile(whole, content)
    await rename(whole, path)
  } catch (error) {
    await rm(whole, { force: true }).catch(() => {})
    throw error
  }
}

/** Whether `writeWhole` finds room for this file: tried, because permissions alone do not tell. Nothing is left behind. */
export async function hasRoomFor(path: string): Promise<boolean> {
  const trial = besides(path)
  return writeFile(trial, '').then(() => rm(trial)).then(() => true, () => false)
}

function besides(path: string): string {
  return `${path}.${process.pid}`
}
