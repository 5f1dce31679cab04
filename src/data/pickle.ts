import { asText, built, isKnownName, latin1, latin1Bytes, PickledName, reduced, type PickleValue } from './pickle-values'
import { DataError } from './picture-set'

/**
 * Reads a Python pickle of protocols 0 to 4 (https://github.com/python/cpython/blob/main/Lib/pickletools.py)
 * as far as the CIFAR batches use it, and executes nothing: the only names that it knows are those of numpy
 * arrays and byte strings, read as data. Byte strings stay bytes; the keys of dictionaries become text.
 * @throws DataError for other names, unknown instructions and pickles that end early.
 */
export function readPickle(file: string, bytes: Uint8Array): PickleValue {
  const machine: Machine = new Machine(file, bytes)
  for (;;) {
    const code = machine.byte()
    if (code === STOP) return machine.pop()
    const instruction = INSTRUCTIONS.get(code)
    if (!instruction) machine.refuse()
    instruction(machine)
  }
}

/** The stack that pickle instructions work on, and the bytes that they come from. */
class Machine {
  readonly stack: PickleValue[] = []
  readonly marks: number[] = []
  readonly memo = new Map<number, PickleValue>()
  private at = 0
  private readonly view: DataView

  constructor(readonly file: string, private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The next bytes, still those of the file. */
  take(count: number): Uint8Array {
    if (!(count >= 0 && count <= this.bytes.length - this.at)) {
      throw new DataError(`${this.file} ends in the middle of its data: it was cut off; download or copy it again.`)
    }
    this.at += count
    return this.bytes.subarray(this.at - count, this.at)
  }

  byte(): number {
    return this.take(1)[0]!
  }

  number(size: 2 | 4 | 8): number {
    this.take(size)
    const start = this.at - size
    if (size === 2) return this.view.getUint16(start, true)
    return size === 4 ? this.view.getUint32(start, true) : Number(this.view.getBigUint64(start, true))
  }

  /** A signed whole number of up to eight bytes, little end first. */
  signed(size: number): number {
    if (size > 8) this.refuse()
    const value = this.take(size).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n)
    return Number(BigInt.asIntN(8 * size, value))
  }

  float(): number {
    this.take(8)
    return this.view.getFloat64(this.at - 8)
  }

  line(): string {
    const end = this.bytes.indexOf(10, this.at)
    const line = this.take((end < 0 ? this.bytes.length : end) - this.at)
    this.take(1)
    return latin1(line)
  }

  text(size: number): string {
    return new TextDecoder().decode(this.take(size))
  }

  push(value: PickleValue | undefined): void {
    if (value === undefined) this.refuse()
    this.stack.push(value)
  }

  pop(): PickleValue {
    const value = this.stack.pop()
    if (value === undefined) this.refuse()
    return value
  }

  top(): PickleValue | undefined {
    return this.stack.at(-1)
  }

  /** Everything since the last mark. */
  popMark(): PickleValue[] {
    const mark = this.marks.pop()
    if (mark === undefined) this.refuse()
    return this.stack.splice(mark)
  }

  append(values: PickleValue[]): void {
    const list = this.top()
    if (!Array.isArray(list)) this.refuse()
    for (const value of values) list.push(value)
  }

  /** Sets keys and values that stand in turn. */
  set(pairs: PickleValue[]): void {
    const dictionary = this.top()
    if (!(dictionary instanceof Map) || pairs.length % 2) this.refuse()
    for (let i = 0; i < pairs.length; i += 2) {
      const key = pairs[i]
      dictionary.set(typeof key === 'number' ? String(key) : asText(key) ?? this.refuse(), pairs[i + 1]!)
    }
  }

  remember(key: number): void {
    const value = this.top()
    if (value === undefined) this.refuse()
    this.memo.set(key, value)
  }

  name(module: string | undefined, name: string | undefined): void {
    const full = `${module}.${name}`
    if (!isKnownName(full)) {
      throw new DataError(
        `${this.file} asks Python to run “${full.slice(0, 60)}”, which no CIFAR batch does, so it was not opened: `
        + 'use the official Python version of the data.',
      )
    }
    this.stack.push(new PickledName(full))
  }

  refuse(): never {
    throw new DataError(
      `${this.file} is not a Python batch of CIFAR (it reads as no pickle at byte ${this.at - 1}): `
      + 'use the files of the official archive, unchanged.',
    )
  }
}

type Instruction = (machine: Machine) => void
const STOP = '.'.charCodeAt(0)

/** Instructions of protocols 0 and 1 are printable characters, later ones are bytes from 0x80 on. */
const INSTRUCTIONS = new Map<number, Instruction>(Object.entries<Instruction>({
  '(': (m) => m.marks.push(m.stack.length),
  '0': (m) => m.pop(),
  '1': (m) => m.popMark(),
  '2': (m) => m.push(m.top()),

  'N': (m) => m.push(null),
  'I': (m) => m.push(wholeNumber(m, m.line())),
  'L': (m) => m.push(wholeNumber(m, m.line().replace(/L$/, ''))),
  'F': (m) => m.push(Number(m.line())),
  'G': (m) => m.push(m.float()),
  'J': (m) => m.push(m.signed(4)),
  'K': (m) => m.push(m.byte()),
  'M': (m) => m.push(m.number(2)),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  '\x8a': (m) => m.push(m.signed(m.byte())),

  'S': (m) => m.push(quotedBytes(m.line())),
  'T': (m) => m.push(m.take(m.number(4))),
  'U': (m) => m.push(m.take(m.byte())),
  'B': (m) => m.push(m.take(m.number(4))),
  'C': (m) => m.push(m.take(m.byte())),
  '\x8e': (m) => m.push(m.take(m.number(8))),
  'V': (m) => m.push(escapedText(m.line())),
  'X': (m) => m.push(m.text(m.number(4))),
  '\x8c': (m) => m.push(m.text(m.byte())),
  '\x8d': (m) => m.push(m.text(m.number(8))),

  ']': (m) => m.push([]),
  'l': (m) => m.push(m.popMark()),
  'a': (m) => m.append([m.pop()]),
  'e': (m) => m.append(m.popMark()),
  ')': (m) => m.push([]),
  't': (m) => m.push(m.popMark()),
  '\x85': (m) => m.push(m.stack.splice(-1)),
  '\x86': (m) => m.push(m.stack.splice(-2)),
  '\x87': (m) => m.push(m.stack.splice(-3)),
  '}': (m) => m.push(new Map()),
  'd': (m) => {
    const pairs = m.popMark()
    m.push(new Map())
    m.set(pairs)
  },
  's': (m) => m.set(m.stack.splice(-2)),
  'u': (m) => m.set(m.popMark()),

  'p': (m) => m.remember(Number(m.line())),
  'q': (m) => m.remember(m.byte()),
  'r': (m) => m.remember(m.number(4)),
  '\x94': (m) => m.remember(m.memo.size),
  'g': (m) => m.push(m.memo.get(Number(m.line()))),
  'h': (m) => m.push(m.memo.get(m.byte())),
  'j': (m) => m.push(m.memo.get(m.number(4))),

  'c': (m) => m.name(m.line(), m.line()),
  '\x93': (m) => {
    const [module, name] = m.stack.splice(-2)
    m.name(asText(module), asText(name))
  },
  'R': (m) => {
    const [callee, given] = m.stack.splice(-2)
    m.push(reduced(callee, given))
  },
  'b': (m) => {
    const state = m.pop()
    if (!built(m.top(), state)) m.refuse()
  },

  '\x80': (m) => m.byte(),
  '\x95': (m) => m.number(8),
}).map(([code, instruction]) => [code.charCodeAt(0), instruction]))

/** Protocol 0 writes True and False as 01 and 00, which count as 1 and 0 here. */
function wholeNumber(machine: Machine, line: string): number {
  return /^-?\d+$/.test(line) ? Number(line) : machine.refuse()
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t' }

/** A byte string as Python prints it: in quotes, with escapes. */
function quotedBytes(line: string): Uint8Array {
  const text = line.slice(1, -1).replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex?: string, character = '') =>
    hex ? String.fromCharCode(parseInt(hex, 16)) : (ESCAPES[character] ?? character))
  return latin1Bytes(text)
}

/** Text of protocol 0: Latin-1, other characters as \uXXXX. */
function escapedText(line: string): string {
  return line.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}
