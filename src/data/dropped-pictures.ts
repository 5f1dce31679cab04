import type { CifarName } from './cifar'
import { areOwnPictures, readOwnPictures, type OwnOptions, type OwnPictures, type PathFile } from './own-pictures'
import { readPictureFiles } from './picture-files'

/**
 * Reads what a person dropped or chose: one’s own pictures in folders or a zip of that, else CIFAR in one of its forms.
 * @throws DataError with one sentence of cause and cure.
 */
export async function readDroppedPictures(
  files: readonly PathFile[], preferred: CifarName | undefined, options: OwnOptions,
): Promise<OwnPictures> {
  if (areOwnPictures(files)) return readOwnPictures(files, options)
  return { source: await readPictureFiles(files, preferred) }
}
