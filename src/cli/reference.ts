import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { engine, type Tensor } from '@tensorflow/tfjs-core'
import { z } from 'zod'
import { connectNodeBackend, type NodeBackend } from '../compute/connect-node'
import { BackendError } from '../compute/open-backend'
import { RecipeError } from '../recipe/recipe'
import { nodeBackendOf } from './backend-flag'
import { OPERATIONS, type Input, type Nested, type Outputs } from './reference-operations'

const USAGE = 'npm run -s reference -- FILE [--backend cpu|wasm|webgpu]'

const fileSchema = z.object({
  format: z.literal(1),
  cases: z.array(z.object({
    name: z.string(),
    op: z.string(),
    input: z.record(z.string(), z.unknown()),
    expect: z.record(z.string(), z.unknown()),
    tolerance: z.number().min(0),
  })),
})
type Case = z.infer<typeof fileSchema>['cases'][number]
interface Expected { [name: string]: Nested | Expected }

/** Thrown for a file or flag that cannot be used. */
class UsageError extends Error {}

async function main(args: string[]): Promise<void> {
  const { file, backend } = readArguments(args)
  const cases = await readCases(file)
  await connectNodeBackend(backend)
  let passed = 0
  for (const one of cases) {
    const failures = await failuresOf(one)
    for (const failure of failures) console.log(`${one.name}: ${failure}`)
    if (failures.length === 0) passed += 1
  }
  console.log(`${passed} passed, ${cases.length - passed} failed`)
  process.exitCode = passed === cases.length ? 0 : 1
}

/** One line for each field of a case that is not as expected; none when it passes. */
async function failuresOf({ op, input, expect, tolerance }: Case): Promise<string[]> {
  const operation = OPERATIONS[op]
  if (!operation) return [`the operation “${op}” is not known`]
  engine().startScope()
  try {
    return await compare(operation(input as Input), expect as Expected, tolerance)
  } catch (error) {
    return [`${op} failed: ${(error as Error).message}`]
  } finally {
    engine().endScope()
  }
}

async function compare(outputs: Outputs, expected: Expected, tolerance: number, prefix = ''): Promise<string[]> {
  const lines = await Promise.all(Object.entries(expected).map(async ([name, value]) => {
    const output = outputs[name]
    const field = prefix + name
    if (output === undefined) return [`${field} is not known`]
    if (isGroup(value)) return compare(output as Outputs, value, tolerance, `${field}.`)
    const got = typeof output === 'number' ? [output] : [...await (output as Tensor).data()]
    return fieldFailure(field, got, flattened(value), tolerance)
  }))
  return lines.flat()
}

/** A field passes when no error is larger than the tolerance times the largest expected number, or times 1. */
function fieldFailure(field: string, got: number[], expected: number[], tolerance: number): string[] {
  if (got.length !== expected.length) return [`${field} has ${got.length} numbers instead of ${expected.length}`]
  const error = got.reduce((worst, value, i) => {
    const difference = Math.abs(value - expected[i]!)
    return Number.isNaN(difference) ? Infinity : Math.max(worst, difference)
  }, 0)
  const scale = expected.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
  return error <= tolerance * scale ? [] : [`${field} is off by ${error.toPrecision(3)} (allowed ${(tolerance * scale).toPrecision(3)})`]
}

function flattened(value: Nested): number[] {
  return typeof value === 'number' ? [value] : value.flatMap(flattened)
}

function isGroup(value: Nested | Expected): value is Expected {
  return typeof value === 'object' && !Array.isArray(value)
}

function readArguments(args: string[]): { file: string; backend: NodeBackend } {
  const { values, positionals } = parse(args)
  if (positionals.length !== 1) throw new UsageError(`Name one case file: ${USAGE}.`)
  return { file: positionals[0]!, backend: nodeBackendOf(values.backend) }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: { backend: { type: 'string' } }, allowPositionals: true })
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. ${USAGE}`)
  }
}

async function readCases(file: string): Promise<Case[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`There is no file ${file}.`)
  })
  try {
    return fileSchema.parse(JSON.parse(text)).cases
  } catch {
    throw new UsageError(`${file} is not a case file of format 1: {format: 1, cases: [{name, op, input, expect, tolerance}]}.`)
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const expected = [UsageError, RecipeError, BackendError].some((kind) => error instanceof kind)
  console.error(expected ? (error as Error).message : error)
  process.exit(expected ? 2 : 1)
})
