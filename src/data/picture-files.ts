import { checkSize, unpack, type ArchiveMember, type NamedFile } from './archive'
import { CIFAR_CLASSES, CIFAR_FAMILIES, CIFAR_TITLES, joinBatches, type CifarName, type PlanarBatch } from './cifar'
import { readBinaryBatch } from './cifar-binary'
import { readPythonBatch } from './cifar-python'
import { latin1 } from './pickle-values'
import { DataError, type PictureSource } from './picture-set'

/** A source, and where it came from in words: “CIFAR-10 from cifar-10-binary.tar.gz”. */
export type NamedSource = PictureSource & {
  name: string
  /** More of it can be fetched. */
  grows?: boolean
}

type NamedBatch = PlanarBatch & { file: string }

const CURE = 'drop cifar-10-binary.tar.gz, cifar-10-python.tar.gz, one of their CIFAR-100 twins, or the batches inside'

/**
 * Reads what a person dropped or a folder holds: official CIFAR archives (binary or Python version; .tar.gz,
 * .tgz, .tar) or their unpacked batches. A file with “test” in its name is of the test part; the others are
 * joined, by the order of their names, to the training part. A test part alone is trained on, and test pictures
 * are then held out from it. Texts, pages and lists of names are passed over. Where pictures of both data sets
 * are there, `preferred` chooses.
 * @throws DataError with one sentence of cause and cure.
 */
export async function readPictureFiles(files: readonly NamedFile[], preferred?: CifarName): Promise<NamedSource> {
  if (files.length === 0) throw new DataError(`There are no files here: ${CURE}.`)
  const sources = files.filter(({ name }) => !isBystander(name))
  checkSize(listed(sources), sources.reduce((sum, { size }) => sum + size, 0))
  const batches: NamedBatch[] = []
  for (const file of sources) {
    for (const member of await unpack(file)) batches.push(...readMember(member))
  }
  if (batches.length === 0) {
    throw new DataError(`${listed(files)} ${files.length > 1 ? 'hold' : 'holds'} no CIFAR pictures: ${CURE}.`)
  }
  return sourceOf(ofOneDataset(batches, preferred), listed(sources))
}

/** Joins the batches of each part; a single part is the training part, whatever its name. */
function sourceOf(batches: NamedBatch[], origin: string): NamedSource {
  const { dataset } = batches[0]!
  const ordered = batches.toSorted((a, b) => a.file.localeCompare(b.file, 'en', { numeric: true }))
  const twin = ordered.find(({ file }, i) => file === ordered[i + 1]?.file)
  if (twin) throw new DataError(`${twin.file} is there twice: drop either the archive or its unpacked batches.`)
  const [tests, others] = [ordered.filter(isTest), ordered.filter((batch) => !isTest(batch))]
  const hasBoth = tests.length > 0 && others.length > 0
  return {
    dataset,
    classNames: CIFAR_CLASSES[dataset],
    ...(dataset === 'cifar100' && { coarseNames: CIFAR_FAMILIES }),
    name: `${CIFAR_TITLES[dataset]} from ${origin}`,
    train: joinBatches(hasBoth ? others : ordered),
    ...(hasBoth && { test: joinBatches(tests) }),
  }
}

function isTest({ file }: NamedBatch): boolean {
  return /test/i.test(file)
}

function ofOneDataset(batches: NamedBatch[], preferred?: CifarName): NamedBatch[] {
  const ten = batches.filter(({ dataset }) => dataset === 'cifar10')
  const hundred = batches.filter(({ dataset }) => dataset === 'cifar100')
  if (ten.length === 0 || hundred.length === 0) return batches
  if (preferred) return preferred === 'cifar10' ? ten : hundred
  throw new DataError(
    `Files of CIFAR-10 (${ten[0]!.file}) and CIFAR-100 (${hundred[0]!.file}) are mixed: drop one data set at a time.`,
  )
}

/** The pictures of a file, if it is meant to hold any: its name or its first bytes tell. */
function readMember({ name, bytes }: ArchiveMember): NamedBatch[] {
  if (isBystander(name)) return []
  const start = latin1(bytes.subarray(0, 64)).trimStart()
  if (start.startsWith('<')) {
    throw new DataError(`${name} is a web page, not pictures: the download went wrong; download the archive again.`)
  }
  if (start.startsWith('PK\x03\x04')) {
    throw new DataError(`${name} is a zip archive, which is not read here: unpack it and drop the files inside.`)
  }
  if (/\.bin$/i.test(name)) return [{ ...readBinaryBatch(name, bytes), file: name }]
  return isPickle(start) ? [{ ...readPythonBatch(name, bytes), file: name }] : []
}

/** How pickled dictionaries begin, by protocol: 2 and later, 0, 1. */
function isPickle(start: string): boolean {
  return start.startsWith('\x80') || start.startsWith('(d') || start.startsWith('}q')
}

/** Files that lie beside the pictures in archives and folders: texts, lists of names, hidden files. */
function isBystander(name: string): boolean {
  return /^\.|^readme|^meta$|\.meta$|\.(html?|txt|md|json|csv|pdf|png|jpe?g|gif|webp|py|sh)$/i.test(name)
}

function listed(files: readonly NamedFile[]): string {
  const names = files.slice(0, 3).map(({ name }) => name).join(', ')
  return files.length > 3 ? `${names} and ${files.length - 3} more` : names
}
