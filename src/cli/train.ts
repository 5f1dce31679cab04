import { connectNodeBackend } from '../compute/connect-node'
import { BackendError } from '../compute/open-backend'
import { splitPictures } from '../data/split'
import { DataError } from '../data/picture-set'
import { isUsedBy, RecipeError, type Recipe } from '../recipe/recipe'
import { CheckpointError } from '../training/checkpoint'
import { measuresOf, type TrainingEvent } from '../training/events'
import { NOBODY, train, TrainingError, type Save } from '../training/trainer'
import { checkWarmStart, type WarmStart } from '../training/warm-start'
import { BACKEND_HELP, nodeBackendOf } from './backend-flag'
import { checkWritable, readCheckpointFile, writeCheckpointFile } from './checkpoint-file'
import { helpText, readCommandLine, type OwnFlag } from './flags'
import { openPictureSource } from './picture-source'

const USAGE = 'npm run -s train -- --method suave --dataset cifar10 --data FILE_OR_FOLDER [--test FILE] [--FIELD VALUE …]'

const OWN = {
  data: { type: 'string', help: 'CIFAR archive, batch file, or folder that holds them' },
  test: { type: 'string', help: 'file whose pictures measure the accuracy instead of the source’s own test part' },
  backend: { type: 'string', help: BACKEND_HELP },
  save: { type: 'string', help: 'file for what the run has learned: a checkpoint' },
  'warm-start': { type: 'string', help: 'checkpoint whose encoder the run starts from' },
  'warm-start-projector': { type: 'string', help: 'true takes the checkpoint’s projector along (false)' },
  json: { type: 'boolean', help: 'one JSON object a line' },
  help: { type: 'boolean', help: 'this list' },
} satisfies Record<string, OwnFlag>

type Line = Record<string, unknown> & { event: string; step: number }

async function main(args: string[]): Promise<void> {
  const { recipe, given, own, switches } = readCommandLine(args, OWN)
  if (switches.has('help')) return void console.log(helpText(USAGE, OWN))
  const backend = nodeBackendOf(own.backend)
  if (own.save !== undefined) await checkWritable(own.save)
  const warmStart = await warmStartOf(own)
  const source = await openPictureSource(recipe, own.data, own.test)
  if (given.includes('prototypes')) checkPrototypes(recipe, source.classNames.length)
  const split = splitPictures(source, recipe)
  const report = await connectNodeBackend(backend, giveUp)
  if (warmStart) checkWarmStart(recipe, warmStart)
  const print = switches.has('json') ? (line: Line) => console.log(JSON.stringify(line, listsOfNumbers)) : printPlainly

  const begun = performance.now()
  const seconds = () => Number(((performance.now() - begun) / 1000).toFixed(3))
  let save: Save | undefined
  let testAccuracy: number | null = null
  const controls = { ...NOBODY, takeSave: (taken: Save) => void (save = taken) }
  const events = train(recipe, { split, classCount: source.classNames.length, warmStart }, own.save === undefined ? undefined : controls)
  try {
    for await (const event of events) {
      if (event.type === 'evaluation') testAccuracy = event.testAccuracy
      if (event.type === 'finished') {
        print({
          event: 'finished', step: event.step, seconds: seconds(), backend: report.backend,
          stepsPerSecond: Number((event.step / seconds()).toFixed(3)), testAccuracy,
        })
      } else if (event.type !== 'stepped') print({ ...lineOf(event), seconds: seconds() })
    }
  } finally {
    // A run that broke down saves its last good state.
    const checkpoint = await save?.()
    if (own.save !== undefined && checkpoint) await writeCheckpointFile(own.save, checkpoint)
  }
}

/** Who asks Suave or Daino for fewer prototypes than classes would not get them. @throws RecipeError then */
function checkPrototypes({ method, prototypes }: Recipe, classCount: number): void {
  if (isUsedBy('prototypes', method) || !isUsedBy('sparePrototypes', method) || prototypes >= classCount) return
  throw new RecipeError(
    `${prototypes} prototypes are too few for ${classCount} classes: ${method} ties one to each class. `
    + 'Leave --prototypes out and add to the classes’ own by --spare-prototypes, or choose swav or dino.',
  )
}

async function warmStartOf(own: Partial<Record<keyof typeof OWN, string>>): Promise<WarmStart | undefined> {
  const projector = own['warm-start-projector'] ?? 'false'
  if (projector !== 'true' && projector !== 'false') {
    throw new RecipeError(`--warm-start-projector cannot be “${projector}”; choose true or false.`)
  }
  const file = own['warm-start']
  if (file !== undefined) return { checkpoint: await readCheckpointFile(file), projector: projector === 'true' }
  if (projector === 'true') throw new RecipeError('--warm-start-projector needs a checkpoint: name it by --warm-start FILE.')
  return undefined
}

function lineOf(event: TrainingEvent): Line {
  const { type, ...rest } = event
  if (event.type === 'evaluation') return { event: type, ...rest, ...measuresOf(event) } as Line
  if (event.type !== 'metrics') return { event: type, ...rest }
  return { event: type, step: event.step, ...event.metrics, usage: [...event.usage] }
}

/** Typed arrays as JSON has arrays. */
function listsOfNumbers(_name: string, value: unknown): unknown {
  return value instanceof Float32Array || value instanceof Int32Array ? [...value] : value
}

function printPlainly({ event, step, ...values }: Line): void {
  const shown = Object.entries(values)
    .filter(([, value]) => typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value)))
    .map(([name, value]) => `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : String(value)}`)
  console.log(`${event.padEnd(10)} step ${step}  ${shown.join('  ')}`)
}

/** A GPU that is lost would go on with stale numbers. */
function giveUp(sentence: string): void {
  console.error(sentence)
  process.exit(2)
}

/** Bad input ends with one line that says what to do, and status 2. */
main(process.argv.slice(2)).catch((error: unknown) => {
  const expected = [RecipeError, DataError, TrainingError, CheckpointError, BackendError].some((kind) => error instanceof kind)
  console.error(expected ? (error as Error).message : error)
  process.exit(expected ? 2 : 1)
})
