import { mkdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { BackendError } from '../compute/open-backend'
import { DataError } from '../data/picture-set'
import { splitPictures } from '../data/split'
import { RecipeError } from '../recipe/recipe'
import { checkPictures } from '../training/check'
import { BACKEND_HELP, nodeBackendOf } from './backend-flag'
import { runCell, type CellResult } from './cell'
import { csvOf, jsonOf, markdownOf } from './comparison-table'
import { helpText, readCommandLine, type OwnFlag } from './flags'
import { fileNameOf, gridOf, nameOf, type Cell } from './grid'
import { openPictureSource } from './picture-source'
import { Progress } from './progress'
import { hasRoomFor, writeWhole } from './whole-file'

const USAGE = 'npm run -s compare -- --methods supervised,suave,daino --labels 4,40 --seeds 3 --out FOLDER [--data FILE_OR_FOLDER] [--FIELD VALUE …]'

const OWN = {
  methods: { type: 'string', help: 'methods to compare, with commas between them (the recipe’s)' },
  labels: { type: 'string', help: 'labels per class, with commas between them (the recipe’s)' },
  seeds: { type: 'string', help: 'how many seeds, from the recipe’s on (1)' },
  out: { type: 'string', help: 'folder for the table and the runs; a run that is there is not run again' },
  data: { type: 'string', help: 'CIFAR archive, batch file, or folder that holds them' },
  test: { type: 'string', help: 'file whose pictures measure the accuracy instead of the source’s own test part' },
  backend: { type: 'string', help: BACKEND_HELP },
  workers: { type: 'string', help: 'how many runs go on at a time (one for each processor)' },
  help: { type: 'boolean', help: 'this list' },
} satisfies Record<string, OwnFlag>

/** What a thread tells of the cell that it was given. */
type Message = { step: number } | { result: CellResult } | { error: string; expected: boolean }

async function main(args: string[]): Promise<void> {
  const { recipe, own, switches } = readCommandLine(args, OWN)
  if (switches.has('help')) return void console.log(helpText(USAGE, OWN))
  const { out, data, test } = own
  if (!out) throw new RecipeError('Name the folder for the results: --out FOLDER.')
  const { methods = recipe.method, labels = String(recipe.labelsPerClass), seeds = '1' } = own
  const backend = nodeBackendOf(own.backend)
  const cells = gridOf({ methods, labels, seeds }, recipe, { backend, ...(data !== undefined && { data }), ...(test !== undefined && { test }) })
  const workers = workersOf(own.workers)
  await checkData(cells)
  await makeFolders(out)

  const found = new Map<Cell, CellResult>()
  for (const cell of cells) {
    const done = await readResult(out, cell)
    if (done) found.set(cell, done)
  }
  const missing = cells.filter((cell) => !found.has(cell))
  const progress = new Progress(cells.length, found.size, Math.min(workers, missing.length))
  await runAll(missing, workers, progress, async (cell, result) => {
    found.set(cell, result)
    await writeWhole(join(out, 'cells', fileNameOf(cell)), JSON.stringify(result, undefined, 2) + '\n')
  })
  progress.end()

  const results = cells.map((cell) => found.get(cell)!)
  const table = markdownOf(results)
  await writeWhole(join(out, 'table.md'), table)
  await writeWhole(join(out, 'table.csv'), csvOf(results))
  await writeWhole(join(out, 'table.json'), jsonOf(results))
  console.log(table)
}

/** Each thread takes the next cell when it has done with one. */
async function runAll(
  cells: readonly Cell[], workers: number, progress: Progress, onResult: (cell: Cell, result: CellResult) => Promise<void>,
): Promise<void> {
  const waiting = [...cells]
  await Promise.all(Array.from({ length: Math.min(workers, cells.length) }, async () => {
    const worker = new Worker(fileURLToPath(import.meta.url))
    try {
      for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
        const name = nameOf(cell)
        const result = await runIn(worker, cell, (step) => progress.step(name, step, cell!.recipe.steps))
        await onResult(cell, result)
        progress.done(name, result.seconds)
      }
    } finally {
      await worker.terminate()
    }
  }))
}

function runIn(worker: Worker, cell: Cell, onStep: (step: number) => void): Promise<CellResult> {
  return new Promise((resolve, reject) => {
    const hear = (message: Message) => {
      if ('step' in message) return onStep(message.step)
      worker.off('message', hear).off('error', reject)
      if ('result' in message) resolve(message.result)
      else reject(message.expected ? new BackendError(message.error) : new Error(message.error))
    }
    worker.on('message', hear).on('error', reject)
    worker.postMessage(cell)
  })
}

/** The thread’s side. */
function serve(port: NonNullable<typeof parentPort>): void {
  const tell = (message: Message) => port.postMessage(message)
  const giveUp = (error: string) => tell({ error, expected: true })
  port.on('message', (cell: Cell) => {
    runCell(cell, (step) => tell({ step }), giveUp).then(
      (result) => tell({ result }),
      (error: unknown) => {
        if (error instanceof BackendError) giveUp(error.message)
        else tell({ error: error instanceof Error ? error.stack ?? error.message : String(error), expected: false })
      },
    )
  })
}

/** The result of an earlier command; what cannot be read is run again. */
async function readResult(out: string, cell: Cell): Promise<CellResult | undefined> {
  try {
    const result = JSON.parse(await readFile(join(out, 'cells', fileNameOf(cell)), 'utf8')) as CellResult
    return Array.isArray(result.evaluations) ? result : undefined
  } catch {
    return undefined
  }
}

/** @throws RecipeError before anything is trained, when no result could be written */
async function makeFolders(out: string): Promise<void> {
  const cells = join(out, 'cells')
  await mkdir(cells, { recursive: true }).catch(() => {
    throw new RecipeError(`The folder ${out} cannot be made; name one that can be written to.`)
  })
  for (const folder of [out, cells]) {
    if (!await hasRoomFor(join(folder, 'table'))) throw new RecipeError(`Nothing can be written to the folder ${folder}; name another by --out.`)
  }
}

/** @throws DataError or RecipeError before anything is trained, when the pictures do not do for a cell */
async function checkData(cells: readonly Cell[]): Promise<void> {
  const [first] = cells
  if (!first) return
  const source = await openPictureSource(first.recipe, first.data, first.test)
  for (const { recipe } of cells) checkPictures(recipe, splitPictures(source, recipe), source.classNames.length)
}

function workersOf(text: string | undefined): number {
  const workers = text === undefined ? availableParallelism() : Number(text)
  if (Number.isInteger(workers) && workers >= 1 && workers <= 64) return workers
  throw new RecipeError(`--workers cannot be “${text}”; give a whole number from 1 to 64.`)
}

if (isMainThread) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    const expected = [RecipeError, DataError, BackendError].some((kind) => error instanceof kind)
    console.error(expected ? (error as Error).message : error)
    process.exit(expected ? 2 : 1)
  })
} else if (parentPort) serve(parentPort)
