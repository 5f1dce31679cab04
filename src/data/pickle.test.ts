import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pickleBytes, pythonBatch } from './made-up-cifar'
import { readPickle } from './pickle'
import { PickledArray } from './pickle-values'
import { DataError } from './picture-set'

const read = (...parts: (string | number[])[]) => readPickle('batch', pickleBytes(parts))
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

/** {'a': [1, 300, -2, 70000], 'b': (True, None, 'é'), 'c': 2.5}, as each protocol of Python writes it. */
const WRITTEN: Record<string, string> = {
  0: '(dp0\nVa\np1\n(lp2\nI1\naI300\naI-2\naI70000\nasVb\np3\n(I01\nNV\xe9\np4\ntp5\nsVc\np6\nF2.5\ns.',
  1: '}q\x00(X\x01\x00\x00\x00aq\x01]q\x02(K\x01M,\x01J\xfe\xff\xff\xffJp\x11\x01\x00eX\x01\x00\x00\x00bq\x03(I01\nN'
    + 'X\x02\x00\x00\x00\xc3\xa9q\x04tq\x05X\x01\x00\x00\x00cq\x06G@\x04\x00\x00\x00\x00\x00\x00u.',
  2: '\x80\x02}q\x00(X\x01\x00\x00\x00aq\x01]q\x02(K\x01M,\x01J\xfe\xff\xff\xffJp\x11\x01\x00eX\x01\x00\x00\x00bq\x03\x88N'
    + 'X\x02\x00\x00\x00\xc3\xa9q\x04\x87q\x05X\x01\x00\x00\x00cq\x06G@\x04\x00\x00\x00\x00\x00\x00u.',
  4: '\x80\x04\x95\x32\x00\x00\x00\x00\x00\x00\x00}\x94(\x8c\x01a\x94]\x94(K\x01M,\x01J\xfe\xff\xff\xffJp\x11\x01\x00e'
    + '\x8c\x01b\x94\x88N\x8c\x02\xc3\xa9\x94\x87\x94\x8c\x01c\x94G@\x04\x00\x00\x00\x00\x00\x00u.',
}

test.each(Object.entries(WRITTEN))('protocol %s gives the same dictionary', (protocol, written) => {
  const value = read(written)
  expect(value).toEqual(new Map<string, unknown>([
    ['a', [1, 300, -2, 70_000]],
    ['b', [Number(protocol) < 2 ? 1 : true, null, 'é']],
    ['c', 2.5],
  ]))
})

test.each([
  ['a short byte string', 'U\x03a\xff\n.', bytes('a\xff\n')],
  ['a long byte string', 'T\x02\x00\x00\x00hi.', bytes('hi')],
  ['bytes of protocol 3', 'C\x02hi.', bytes('hi')],
  ['a quoted byte string', String.raw`S'it\'s\x00\\n'` + '\n.', bytes('it\'s\0\\n')],
  ['an escaped text', String.raw`V\u20ac\u005c` + '\n.', '€\\'],
  ['a long integer', '\x8a\x03\x00\x00\x80.', -8_388_608],
  ['a remembered value', '(U\x01aq\x07h\x07l.', [bytes('a'), bytes('a')]],
])('%s', (_, written, value) => {
  expect(read(written)).toEqual(value)
})

test('a numpy array of the official batches', () => {
  const batch = readPickle('data_batch_1', pythonBatch('labels', [3, 1]))
  const data = batch instanceof Map ? batch.get('data') : undefined
  expect(data).toBeInstanceOf(PickledArray)
  expect(data).toMatchObject({ shape: [2, 3_072], code: 'u1', columnsFirst: false })
})

test('Latin-1 bytes as Python 3 writes them for old protocols', () => {
  expect(read('c_codecs\nencode\n(X\x03\x00\x00\x00a\xc3\xbfX\x06\x00\x00\x00latin1tR.')).toEqual(bytes('a\xff'))
})

test.each([
  ['os.system', 'cos\nsystem\n(S\'id\'\ntR.'],
  ['builtins.eval', '\x80\x04\x8c\x08builtins\x8c\x04eval\x93.'],
  ['constructor.constructor', 'cconstructor\nconstructor\n.'],
])('the name %s is refused, not looked up', (name, written) => {
  expect(() => read(written)).toThrow(DataError)
  expect(() => read(written)).toThrow(`asks Python to run “${name}”`)
})

test('a cut-off batch says so, wherever it is cut', () => {
  const whole = pythonBatch('labels', [3, 1])
  fc.assert(fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) => {
    expect(() => readPickle('data_batch_1', whole.subarray(0, length))).toThrow(/data_batch_1 ends in the middle.*download/)
  }))
})

test('arbitrary bytes give a value or a sentence', () => {
  const instructions = [...'(012NIJKMSTUBCVX]lae)t}dsupqrghjcRb.\x80\x85\x86\x87\x88\x89\x8a\x8c\x93\x94\x95\n']
  fc.assert(fc.property(fc.array(fc.constantFrom(...instructions), { maxLength: 60 }), (written) => {
    try {
      read(written.join(''))
    } catch (error) {
      expect(error).toBeInstanceOf(DataError)
    }
  }), { numRuns: 3_000 })
})
