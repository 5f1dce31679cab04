import type { PathFile } from '../state/pictures-slice'

/** What a drop held. */
export interface Dropped {
  files: PathFile[]
  /** Files and folders that the browser could not read. */
  unreadable: number
}

/** The files of a drop with their folders, those inside of dropped folders included; never rejects. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  // Entries must be taken at once: the transfer is empty after the event.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  const found: Dropped = { files: [], unreadable: 0 }
  if (entries.length === 0) return { ...found, files: pathsOf([...transfer.files]) }
  for (const entry of entries) await collect(entry, found)
  return found
}

/** Files of a picker: where a folder was chosen, they know their paths. */
export function pathsOf(files: readonly File[]): PathFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }))
}

/** So many files are opened at once: thousands together would hold the page up. */
const SIDE_BY_SIDE = 25

async function collect(entry: FileSystemEntry, found: Dropped): Promise<void> {
  if (isFile(entry)) await openAll([entry], found)
  if (!isFolder(entry)) return
  const children = await readFolder(entry.createReader(), found)
  const files = children.filter(isFile)
  for (let from = 0; from < files.length; from += SIDE_BY_SIDE) await openAll(files.slice(from, from + SIDE_BY_SIDE), found)
  for (const child of children) if (isFolder(child)) await collect(child, found)
}

async function openAll(entries: readonly FileSystemFileEntry[], found: Dropped): Promise<void> {
  for (const outcome of await Promise.allSettled(entries.map(opened))) {
    if (outcome.status === 'fulfilled') found.files.push(outcome.value)
    else found.unreadable++
  }
}

async function opened(entry: FileSystemFileEntry): Promise<PathFile> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  return { path: entry.fullPath.replace(/^\//, ''), file }
}

/** A reader hands out a folder in portions, the last of which is empty. */
async function readFolder(reader: FileSystemDirectoryReader, found: Dropped): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[] | undefined>((resolve) => reader.readEntries(resolve, () => resolve(undefined)))
    if (!portion) found.unreadable++
    if (!portion?.length) return all
    all.push(...portion)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
