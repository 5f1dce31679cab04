import { connectNodeBackend } from '../compute/connect-node'
import { splitPictures } from '../data/split'
import { DataError } from '../data/picture-set'
import { RecipeError } from '../recipe/recipe'
import type { TrainingEvent } from '../training/events'
import { train, TrainingError } from '../training/trainer'
import { helpText, readCommandLine, type OwnFlag } from './flags'
import { openPictureSource } from './picture-source'

const USAGE = 'npm run -s train -- --method suave --dataset cifar10 --data FILE_OR_FOLDER [--test FILE] [--FIELD VALUE …]'

const OWN = {
  data: { type: 'string', help: 'CIFAR archive, batch file, or folder that holds them' },
  test: { type: 'string', help: 'file whose pictures measure the accuracy instead of the source’s own test part' },
  backend: { type: 'string', help: 'wasm (default) or cpu' },
  json: { type: 'boolean', help: 'one JSON object a line' },
  help: { type: 'boolean', help: 'this list' },
} satisfies Record<string, OwnFlag>

type Line = Record<string, unknown> & { event: string; step: number }

async function main(args: string[]): Promise<void> {
  const { recipe, own, switches } = readCommandLine(args, OWN)
  if (switches.has('help')) return void console.log(helpText(USAGE, OWN))
  const backend = own.backend ?? 'wasm'
  if (backend !== 'wasm' && backend !== 'cpu') {
    throw new RecipeError(`--backend cannot be “${backend}” here; choose wasm or cpu.`)
  }
  const source = await openPictureSource(recipe, own.data, own.test)
  const split = splitPictures(source, recipe)
  const report = await connectNodeBackend(backend)
  const print = switches.has('json') ? (line: Line) => console.log(JSON.stringify(line)) : printPlainly

  const begun = performance.now()
  const seconds = () => Number(((performance.now() - begun) / 1000).toFixed(3))
  let testAccuracy: number | null = null
  for await (const event of train(recipe, { split, classCount: source.classNames.length })) {
    if (event.type === 'evaluation') testAccuracy = event.testAccuracy
    if (event.type === 'finished') {
      print({
        event: 'finished', step: event.step, seconds: seconds(), backend: report.backend,
        stepsPerSecond: Number((event.step / seconds()).toFixed(3)), testAccuracy,
      })
    } else if (event.type !== 'stepped') print({ ...lineOf(event), seconds: seconds() })
  }
}

function lineOf(event: TrainingEvent): Line {
  const { type, ...rest } = event
  if (event.type !== 'metrics') return { event: type, ...rest }
  return { event: type, step: event.step, ...event.metrics, usage: [...event.usage] }
}

function printPlainly({ event, step, ...values }: Line): void {
  const shown = Object.entries(values)
    .filter(([, value]) => typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value)))
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : String(value)}`)
  console.log(`${event.padEnd(10)} step ${step}  ${shown.join('  ')}`)
}

/** Bad input ends with one line that says what to do, and status 2. */
main(process.argv.slice(2)).catch((error: unknown) => {
  const expected = error instanceof RecipeError || error instanceof DataError || error instanceof TrainingError
  console.error(expected ? (error as Error).message : error)
  process.exit(expected ? 2 : 1)
})
