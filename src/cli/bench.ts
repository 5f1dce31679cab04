import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import '../compute/gradients'
import { allowFusedKernels, NODE_WASM } from '../compute/connect-node'
import { idleGpu, nodeGpu } from '../compute/node-gpu'
import { BackendError } from '../compute/open-backend'
import { DisagreementError } from '../training/bench/contestant'
import { measureBench, PARTS, type Part } from '../training/bench/measure'
import { linesOf, ratiosOf } from '../training/bench/table'

const USAGE = `npm run -s bench -- [--json] [--rounds N] [--parts ${PARTS.join(',')}] [--small] [--without-jax]`

/** A network and batch that a processor goes through in seconds: to see that everything runs, not how fast. */
const SMALL = { width: 4, unlabelledBatch: 4, labelledBatch: 2, projectorWidth: 16, featureSize: 8 }

/** Thrown for a flag that cannot be used. */
class UsageError extends Error {}

async function main(args: string[]): Promise<void> {
  const { parts, rounds, json, small, withoutJax } = readArguments(args)
  allowFusedKernels()
  const loads = [loadavg()[0]!]
  const result = await measureBench({ parts, rounds, withoutJax, ...(small && { changes: SMALL }) }, {
    gpu: await nodeGpu(), nullGpu: await idleGpu(), wasm: NODE_WASM,
    processorTime,
    tell: (what) => console.error(`Measuring: ${what} …`),
  })
  loads.push(loadavg()[0]!)
  if (json) return void console.log(JSON.stringify({ ...result, ratios: ratiosOf(result), load: loads }))
  console.log(`load of the machine before and after: ${loads.map((load) => load.toFixed(1)).join(', ')}`)
  for (const line of linesOf(result)) console.log(line)
}

/** Of all threads of this process, those of a software adapter among them. */
function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

function readArguments(args: string[]) {
  const { values } = parse(args)
  const rounds = Number(values.rounds)
  if (!(Number.isInteger(rounds) && rounds >= 1)) throw new UsageError(`--rounds is “${values.rounds}”; give a whole number from 1 on.`)
  const parts = values.parts.split(',')
  const unknown = parts.find((part) => !(PARTS as readonly string[]).includes(part))
  if (unknown !== undefined) throw new UsageError(`There is no part “${unknown}”; choose from ${PARTS.join(', ')}.`)
  return { parts: parts as Part[], rounds, json: values.json, small: values.small, withoutJax: values['without-jax'] }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        rounds: { type: 'string', default: '5' },
        parts: { type: 'string', default: PARTS.join(',') },
        small: { type: 'boolean', default: false },
        'without-jax': { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. ${USAGE}`)
  }
}

main(process.argv.slice(2)).then(() => process.exit(0), (error: unknown) => {
  const refused = error instanceof UsageError || error instanceof BackendError
  console.error(refused || error instanceof DisagreementError ? error.message : error)
  process.exit(refused ? 2 : 1)
})
