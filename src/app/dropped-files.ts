import type { PathFile } from '../state/pictures-slice'

/** The files of a drop with their folders, those inside of dropped folders included. */
export async function droppedFiles(transfer: DataTransfer): Promise<PathFile[]> {
  // Entries must be taken at once: the transfer is empty after the event.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  if (entries.length === 0) return pathsOf([...transfer.files])
  const found: PathFile[] = []
  for (const entry of entries) await collect(entry, found)
  return found
}

/** Files of a picker: where a folder was chosen, they know their paths. */
export function pathsOf(files: readonly File[]): PathFile[] {
  return files.map((file) => ({ path: file.webkitRelativePath || file.name, file }))
}

/** So many files are opened at once: thousands together would hold the page up. */
const SIDE_BY_SIDE = 25

async function collect(entry: FileSystemEntry, found: PathFile[]): Promise<void> {
  if (isFile(entry)) found.push(await opened(entry))
  if (!isFolder(entry)) return
  const children = await readFolder(entry.createReader())
  const files = children.filter(isFile)
  for (let from = 0; from < files.length; from += SIDE_BY_SIDE) {
    found.push(...await Promise.all(files.slice(from, from + SIDE_BY_SIDE).map(opened)))
  }
  for (const child of children) if (isFolder(child)) await collect(child, found)
}

async function opened(entry: FileSystemFileEntry): Promise<PathFile> {
  const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
  return { path: entry.fullPath.replace(/^\//, ''), file }
}

/** A reader hands out a folder in portions, the last of which is empty. */
async function readFolder(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = []
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (portion.length === 0) return all
    all.push(...portion)
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
