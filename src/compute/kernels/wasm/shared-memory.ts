import { joined } from '../../joined'

/** Numbers of the WebAssembly binary format (WebAssembly core specification, section 5.5). */
const IMPORT_SECTION = 2
const MEMORY_SECTION = 5
const MEMORY_KIND = 2
const SHARED_WITH_MAXIMUM = 3
const PREAMBLE_BYTES = 8

/** The most that 32-bit addresses reach, in pages of 64 KiB. */
const MOST_PAGES = 65_536

/** Where the changed module looks for its memory. */
const MEMORY_IMPORT = { module: 'playground', name: 'memory' }

export interface ImportingModule {
  binary: Uint8Array<ArrayBuffer>
  /** A memory that fits, among the imports by which the module finds it. */
  imports: Record<string, { memory: WebAssembly.Memory }>
}

/**
 * A module with a memory of its own, changed to import a shared one that threads can work on. (tfjs has a build
 * with threads, but its pool never has more than one.)
 * @throws RangeError when the module imports nothing or has no memory of its own
 */
export function importingSharedMemory(module: Uint8Array): ImportingModule {
  const sections = sectionsOf(module)
  const own = sections.find(({ id }) => id === MEMORY_SECTION)
  if (!own || !sections.some(({ id }) => id === IMPORT_SECTION)) {
    throw new RangeError('The WASM backend’s file is not of the form that threads can share.')
  }
  // A vector of one memory: count, flags, least number of pages.
  const [initial] = readLeb(own.body, 2)
  const parts = sections.filter((section) => section !== own).map(({ id, body }) => {
    const changed = id === IMPORT_SECTION ? withMemoryImport(body, initial) : body
    return [Uint8Array.of(id, ...leb(changed.length)), changed]
  })
  return {
    binary: joined([module.subarray(0, PREAMBLE_BYTES), ...parts.flat()]),
    imports: { [MEMORY_IMPORT.module]: { [MEMORY_IMPORT.name as 'memory']: sharedMemory(initial) } },
  }
}

function sharedMemory(initial: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial, maximum: MOST_PAGES, shared: true })
}

function sectionsOf(module: Uint8Array): { id: number; body: Uint8Array }[] {
  const sections = []
  for (let at = PREAMBLE_BYTES; at < module.length;) {
    const [size, start] = readLeb(module, at + 1)
    sections.push({ id: module[at]!, body: module.subarray(start, start + size) })
    at = start + size
  }
  return sections
}

function withMemoryImport(imports: Uint8Array, initial: number): Uint8Array {
  const [count, start] = readLeb(imports, 0)
  const memory = [
    ...text(MEMORY_IMPORT.module), ...text(MEMORY_IMPORT.name),
    MEMORY_KIND, SHARED_WITH_MAXIMUM, ...leb(initial), ...leb(MOST_PAGES),
  ]
  return joined([Uint8Array.from(leb(count + 1)), imports.subarray(start), Uint8Array.from(memory)])
}

function text(name: string): number[] {
  const bytes = new TextEncoder().encode(name)
  return [...leb(bytes.length), ...bytes]
}

/** An unsigned number in LEB128. */
function leb(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...leb(Math.floor(value / 128))]
}

/** The unsigned LEB128 number at a place, and the place behind it. */
function readLeb(bytes: Uint8Array, at: number): [value: number, next: number] {
  const byte = bytes[at]!
  if (byte < 128) return [byte, at + 1]
  const [rest, next] = readLeb(bytes, at + 1)
  return [(byte & 127) + 128 * rest, next]
}
