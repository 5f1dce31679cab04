import { z } from 'zod'
import { crc32 } from '../data/crc32'
import { isFieldName, parseRecipe, RecipeError, type Recipe } from '../recipe/recipe'

/** A layer’s tensor: a parameter or a running statistic. */
export interface LayerValues {
  name: string
  shape: number[]
  values: Float32Array
}

/** What a run has learned. */
export interface Checkpoint {
  /** What trained it, live changes included. */
  recipe: Recipe
  /** Steps taken. */
  step: number
  student: LayerValues[]
  /** Where the method has one. */
  teacher?: LayerValues[]
}

/** Thrown for a checkpoint that cannot be used; its message is a sentence with cause and cure. */
export class CheckpointError extends Error {
  override name = 'CheckpointError'
}

/*
 * The file, little-endian: magic, version (uint32), length of the header (uint32), the header as JSON with spaces up
 * to a multiple of four bytes, the layers’ float32 numbers in the header’s order, CRC-32 of all before (uint32).
 */
const MAGIC = 'SUAVEDAINO\r\n'
const VERSION = 1
const NUMBER = 4
const PREFIX = MAGIC.length + 2 * NUMBER

const layersSchema = z.array(z.object({ name: z.string(), shape: z.array(z.int().min(1).max(2 ** 24)).max(6) }))
const headerSchema = z.object({
  recipe: z.record(z.string(), z.unknown()),
  step: z.int().min(0),
  student: layersSchema,
  teacher: layersSchema.optional(),
})

/** The checkpoint as a file’s bytes. */
export function encodeCheckpoint({ recipe, step, student, teacher }: Checkpoint): Uint8Array<ArrayBuffer> {
  const outline = (layers: LayerValues[]) => layers.map(({ name, shape }) => ({ name, shape }))
  const text = JSON.stringify({ recipe, step, student: outline(student), ...(teacher && { teacher: outline(teacher) }) })
  const header = new TextEncoder().encode(text)
  const headerLength = Math.ceil(header.length / NUMBER) * NUMBER
  const layers = [...student, ...teacher ?? []]
  const numbers = layers.reduce((sum, { values }) => sum + values.length, 0)
  const bytes = new Uint8Array(PREFIX + headerLength + numbers * NUMBER + NUMBER)
  const view = new DataView(bytes.buffer)

  bytes.set(new TextEncoder().encode(MAGIC))
  view.setUint32(MAGIC.length, VERSION, true)
  view.setUint32(MAGIC.length + NUMBER, headerLength, true)
  bytes.fill(' '.charCodeAt(0), PREFIX, PREFIX + headerLength)
  bytes.set(header, PREFIX)
  let at = PREFIX + headerLength
  for (const { values } of layers) {
    values.forEach((value, i) => view.setFloat32(at + i * NUMBER, value, true))
    at += values.length * NUMBER
  }
  view.setUint32(at, crc32(bytes.subarray(0, at)), true)
  return bytes
}

/**
 * Reads a file’s bytes.
 * @param name of the file, for the sentence
 * @throws CheckpointError when it is no checkpoint, cut short, altered, or of another version
 */
export function decodeCheckpoint(bytes: Uint8Array, name: string): Checkpoint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length))
  if (magic !== MAGIC) {
    throw new CheckpointError(`${name} is no checkpoint of this playground: choose a file that “Save checkpoint” or --save has written.`)
  }
  const end = bytes.length - NUMBER
  if (end < PREFIX || view.getUint32(end, true) !== crc32(bytes.subarray(0, end))) {
    throw new CheckpointError(`${name} was cut short or altered (its checksum is wrong): fetch it again from where it was saved.`)
  }
  const version = view.getUint32(MAGIC.length, true)
  if (version !== VERSION) {
    throw new CheckpointError(`${name} is of checkpoint version ${version}, and this playground reads version ${VERSION}: open it with the version that saved it.`)
  }
  const dataFrom = PREFIX + view.getUint32(MAGIC.length + NUMBER, true)
  const { recipe, step, ...outlines } = readHeader(bytes.subarray(PREFIX, dataFrom), name)
  let at = dataFrom
  const layersOf = (outline: z.infer<typeof layersSchema>) => outline.map((layer): LayerValues => {
    const from = at
    at += layer.shape.reduce((product, size) => product * size, NUMBER)
    if (at > end) throw damaged(name)
    return { ...layer, values: Float32Array.from({ length: (at - from) / NUMBER }, (_, i) => view.getFloat32(from + i * NUMBER, true)) }
  })
  const student = layersOf(outlines.student)
  const teacher = outlines.teacher && layersOf(outlines.teacher)
  if (at !== end) throw damaged(name)
  return { recipe, step, student, ...(teacher && { teacher }) }
}

function readHeader(bytes: Uint8Array, name: string) {
  try {
    const { recipe, ...header } = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
    // A recipe of an earlier or later version: what both know counts, what is missing has its default.
    return { ...header, recipe: parseRecipe(Object.fromEntries(Object.entries(recipe).filter(([key]) => isFieldName(key)))) }
  } catch (error) {
    if (error instanceof RecipeError) {
      throw new CheckpointError(`${name} holds a recipe that this playground cannot read (${error.message.replace(/\.$/, '')}): open it with the version that saved it.`)
    }
    throw damaged(name)
  }
}

function damaged(name: string): CheckpointError {
  return new CheckpointError(`${name} contradicts itself and cannot be read: save it anew from its run.`)
}
