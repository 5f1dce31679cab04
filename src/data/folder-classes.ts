/** Where a picture belongs, by its path. */
export interface Place {
  part: 'train' | 'test'
  /** Name of the class: that of the folder which holds the picture. */
  className: string
  /** The folder’s whole path: two folders of one name are two places. */
  folder: string
}

const TEST_FOLDER = /^(test|val|valid|validation)$/i
const LONGEST_NAME = 60

/**
 * Reads “pets/cats/1.jpg” as a picture of the class “cats”; below a folder “test” it is of the test part.
 * @returns a reason instead where the path gives no class
 */
export function placeOf(path: string): Place | { reason: string } {
  const names = path.split(/[/\\]/)
  if (names.includes('..') || path.startsWith('/') || /^[a-z]:/i.test(path)) return { reason: 'with a path that leads elsewhere' }
  const folders = names.slice(0, -1).filter((name) => name !== '' && name !== '.')
  const className = clean(folders.at(-1) ?? '')
  if (className === '') return { reason: 'in no folder that names a class' }
  return {
    part: folders.slice(0, -1).some((name) => TEST_FOLDER.test(name)) ? 'test' : 'train',
    className,
    folder: folders.join('/'),
  }
}

/** Whether a file is none that a person means: hidden ones, and what systems leave in folders and archives. */
export function isHidden(path: string): boolean {
  return /(^|[/\\])(\.[^/\\.]|__MACOSX([/\\]|$)|Thumbs\.db$|desktop\.ini$)/i.test(path)
}

/** One line, in one spelling of its letters. */
function clean(name: string): string {
  return name.normalize('NFC').replace(/\p{Cc}/gu, ' ').trim().slice(0, LONGEST_NAME)
}
