import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { CheckpointError, decodeCheckpoint, encodeCheckpoint, type Checkpoint, type LayerValues } from './checkpoint'

const layer = fc.tuple(fc.string({ maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })).chain(([name, shape]) => {
  const size = shape.reduce((product, length) => product * length, 1)
  return fc.float32Array({ minLength: size, maxLength: size }).map((values): LayerValues => ({ name, shape, values }))
})
const layers = fc.array(layer, { maxLength: 5 })

const SMALL: Checkpoint = {
  recipe: { ...DEFAULT_RECIPE, method: 'daino', epsilon: 0.03 }, step: 7,
  student: [{ name: 'encoder/τ', shape: [2, 2], values: Float32Array.of(1, -2, 0.1, 3e38) }, { name: 'projector/offset', shape: [], values: Float32Array.of(5) }],
  teacher: [{ name: 'encoder/τ', shape: [1], values: Float32Array.of(1e-40) }],
}
const bitsOf = (found: LayerValues[] = []) => found.map(({ name, shape, values }) => ({ name, shape, bits: [...new Uint32Array(values.buffer)] }))

describe('a checkpoint file', () => {
  it('gives back every bit of any layers', () => {
    fc.assert(fc.property(layers, fc.option(layers, { nil: undefined }), (student, teacher) => {
      const read = decodeCheckpoint(encodeCheckpoint({ ...SMALL, student, teacher }), 'a')
      expect(bitsOf(read.student)).toEqual(bitsOf(student))
      expect(bitsOf(read.teacher)).toEqual(bitsOf(teacher))
    }))
    const { recipe, step } = decodeCheckpoint(encodeCheckpoint(SMALL), 'a')
    expect({ recipe, step }).toEqual({ recipe: SMALL.recipe, step: 7 })
  })

  it('is read from the middle of a larger buffer too', () => {
    const bytes = encodeCheckpoint(SMALL)
    const larger = new Uint8Array(bytes.length + 9)
    larger.set(bytes, 3)
    expect(bitsOf(decodeCheckpoint(larger.subarray(3, 3 + bytes.length), 'a').student)).toEqual(bitsOf(SMALL.student))
  })

  it('keeps what it knows of a recipe with more or fewer fields', () => {
    const { epsilon: _, ...fewer } = SMALL.recipe
    const recipe = { ...fewer, levitation: 3 } as unknown as Checkpoint['recipe']
    expect(decodeCheckpoint(encodeCheckpoint({ ...SMALL, recipe }), 'a').recipe).toEqual({ ...SMALL.recipe, epsilon: DEFAULT_RECIPE.epsilon })
  })

  it('is refused when a single bit was altered or its end is missing', () => {
    const bytes = encodeCheckpoint(SMALL)
    fc.assert(fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
      const altered = bytes.slice()
      altered[at]! ^= 1 << bit
      expect(() => decodeCheckpoint(altered, 'run.ckpt')).toThrow(at < 12 ? /is no checkpoint|altered/ : 'run.ckpt was cut short or altered (its checksum is wrong)')
    }))
    fc.assert(fc.property(fc.nat(bytes.length - 1), (length) => {
      expect(() => decodeCheckpoint(bytes.subarray(0, length), 'run.ckpt')).toThrow(CheckpointError)
    }))
  })
})

/** The file with a header or version of our making, and a right checksum. */
function forged(header: string, version = 1, numbers = 0): Uint8Array {
  const honest = encodeCheckpoint({ ...SMALL, student: [{ name: '', shape: [Math.max(1, numbers)], values: new Float32Array(Math.max(1, numbers)) }], teacher: undefined })
  const text = new TextEncoder().encode(header.padEnd(Math.ceil(header.length / 4) * 4))
  const from = 12
  const bytes = new Uint8Array(from + 8 + text.length + numbers * 4 + 4)
  bytes.set(honest.subarray(0, from))
  const view = new DataView(bytes.buffer)
  view.setUint32(from, version, true)
  view.setUint32(from + 4, text.length, true)
  bytes.set(text, from + 8)
  view.setUint32(bytes.length - 4, crc(bytes.subarray(0, -4)), true)
  return bytes
}

/** CRC-32, bit by bit: slow, and written apart from the one under test. */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff
  for (const byte of bytes) {
    for (let bit = 0; bit < 8; bit++) sum = ((sum ^ (byte >>> bit)) & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1
  }
  return (sum ^ 0xffffffff) >>> 0
}

describe('what is no checkpoint is refused with a sentence', () => {
  const recipe = JSON.stringify(DEFAULT_RECIPE)
  it.each<[string, Uint8Array, string]>([
    ['an empty file', new Uint8Array(0), 'x is no checkpoint of this playground: choose a file that “Save checkpoint” or --save has written.'],
    ['a web page', new TextEncoder().encode('<!doctype html>'), 'x is no checkpoint of this playground'],
    ['another version', forged('{}', 2), 'x is of checkpoint version 2, and this playground reads version 1: open it with the version that saved it.'],
    ['a header that is no JSON', forged('{'), 'x contradicts itself and cannot be read: save it anew from its run.'],
    ['a header that lacks layers', forged(`{"recipe":${recipe},"step":1}`), 'x contradicts itself'],
    ['more layers than numbers', forged(`{"recipe":${recipe},"step":1,"student":[{"name":"a","shape":[9]}]}`, 1, 2), 'x contradicts itself'],
    ['more numbers than layers', forged(`{"recipe":${recipe},"step":1,"student":[{"name":"a","shape":[1]}]}`, 1, 2), 'x contradicts itself'],
    ['layers without end', forged(`{"recipe":${recipe},"step":1,"student":[{"name":"a","shape":[16777216,16777216,16777216]}]}`, 1, 2), 'x contradicts itself'],
    ['a recipe out of range', forged('{"recipe":{"epsilon":9},"step":1,"student":[]}'), 'x holds a recipe that this playground cannot read (epsilon cannot be 9; give a number from 0.01 to 1): open it with the version that saved it.'],
  ])('%s', (_what, bytes, sentence) => {
    expect(() => decodeCheckpoint(bytes, 'x')).toThrow(sentence)
  })
})
