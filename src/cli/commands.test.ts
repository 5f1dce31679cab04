import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnWebGPU } from '../compute/webgpu-trial'
import { flagOf, type FieldName, type Recipe } from '../recipe/recipe'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Runs a command as a person would, to its end. */
const command = (...args: string[]) => commandIn({}, ...args)

function commandIn(environment: Record<string, string>, ...args: string[]): Promise<{ status: number | null; lines: string[]; errors: string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'tools', 'cli.mjs'), ...args], { cwd: ROOT, env: { ...process.env, ...environment } })
    const texts = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (part) => (texts[name] += String(part)))
    child.on('error', reject)
    child.on('close', (status) => {
      const [lines, errors] = [texts.stdout, texts.stderr].map((text) => text.split('\n').filter(Boolean))
      resolve({ status, lines: lines!, errors: errors! })
    })
  })
}

const TINY = Object.entries({
  encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4, trainSize: 100, testSize: 50, labelsPerClass: 1,
  unlabelledBatch: 8, labelledBatch: 4, steps: 4, metricsEvery: 2, evaluateEvery: 3,
} satisfies Partial<Recipe>).flatMap(([name, value]) => [`--${flagOf(name as FieldName)}`, String(value)])

describe('train', () => {
  it('prints one JSON object a line, the last one finished', async () => {
    const { status, lines, errors } = await command('train', ...TINY, '--json')
    expect(errors).toEqual([])
    expect(status).toBe(0)
    const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events.map(({ event, step }) => `${String(event)} ${String(step)}`))
      .toEqual(['metrics 1', 'metrics 2', 'evaluation 3', 'metrics 4', 'evaluation 4', 'finished 4'])
    expect(events[0]).toMatchObject({ loss: expect.any(Number), unlabelledLoss: expect.any(Number), labelledLoss: expect.any(Number) })
    expect(events[0]!.usage).toHaveLength(10)
    expect(events.at(-1)).toEqual({
      event: 'finished', step: 4, backend: 'wasm', testAccuracy: events.at(-2)!.testAccuracy,
      seconds: expect.any(Number), stepsPerSecond: expect.any(Number),
    })
  }, 60_000)

  it('prints for people without --json', async () => {
    const { status, lines } = await command('train', ...TINY, '--method', 'supervised', '--steps', '1')
    expect(status).toBe(0)
    expect(lines[0]).toMatch(/^metrics +step 1 {2}loss \d/)
    expect(lines.join(' ')).not.toContain('NaN')
    expect(lines.at(-1)).toMatch(/^finished +step 1 .*testAccuracy/)
  }, 60_000)

  it.each([
    [['--epsilon', '7'], 'epsilon cannot be 7; give a number from 0.01 to 1.'],
    [['--method', 'suave', '--prototypes', '5'], '5 prototypes are too few for 10 classes: suave ties one to each class. Leave --prototypes out and add to the classes’ own by --spare-prototypes, or choose swav or dino.'],
    [['--backend', 'webgl'], '--backend cannot be “webgl” here; choose cpu, wasm or webgpu.'],
    [['--dataset', 'cifar10'], 'Name the pictures of cifar10: --data FILE_OR_FOLDER.'],
    [['--dataset', 'cifar10', '--data', 'nowhere.tar.gz'], 'There is no file or folder nowhere.tar.gz.'],
  ])('refuses %j in one line with status 2', async (args, sentence) => {
    expect(await command('train', ...args)).toEqual({ status: 2, lines: [], errors: [sentence] })
  }, 60_000)
})

describe('checkpoints', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'checkpoints-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('carry what a run has learned to another', async () => {
    const file = join(folder, 'suave.ckpt')
    expect(await command('train', ...TINY, '--save', file)).toMatchObject({ status: 0, errors: [] })
    const started = async (...args: string[]) => (await command('train', ...TINY, '--steps', '1', '--json', ...args)).lines[0]
    const [cold, warm, warmer] = [await started(), await started('--warm-start', file), await started('--warm-start', file, '--warm-start-projector', 'true')]
    const losses = [cold, warm, warmer].map((line) => (JSON.parse(line!) as { loss: number }).loss)
    expect(new Set(losses).size).toBe(3)
    expect(await command('train', ...TINY, '--width', '4', '--warm-start', file)).toEqual({
      status: 2, lines: [],
      errors: ['The checkpoint has another architecture: its layer encoder/conv1/filter is 3×3×3×2 there and 3×3×3×4 here. To start from it, choose its encoder (conv4, width 2, halving stride).'],
    })
    const half = join(folder, 'half.ckpt')
    await writeFile(half, (await readFile(file)).subarray(0, 500))
    expect((await command('train', ...TINY, '--warm-start', half)).errors)
      .toEqual(['half.ckpt was cut short or altered (its checksum is wrong): fetch it again from where it was saved.'])
  }, 120_000)

  it.each([
    [['--warm-start', 'nowhere.ckpt'], 'There is no checkpoint nowhere.ckpt: name a file that --save has written.'],
    [['--warm-start', 'package.json'], 'package.json is no checkpoint of this playground: choose a file that “Save checkpoint” or --save has written.'],
    [['--warm-start-projector', 'true'], '--warm-start-projector needs a checkpoint: name it by --warm-start FILE.'],
    [['--warm-start-projector', 'yes'], '--warm-start-projector cannot be “yes”; choose true or false.'],
    [['--save', 'nowhere/x.ckpt'], 'The checkpoint cannot be written to nowhere/x.ckpt: name a file in a folder that exists and may be written to.'],
    [['--save', 'src'], 'src is a folder: name a file to save to.'],
  ])('refuses %j in one line with status 2', async (args, sentence) => {
    expect(await command('train', ...args)).toEqual({ status: 2, lines: [], errors: [sentence] })
  }, 60_000)
})

describe('collapse', () => {
  const TINY = ['--width', '2', '--projector-width', '16', '--feature-size', '8', '--train-size', '100', '--test-size', '20', '--unlabelled-batch', '16', '--steps', '2']

  it('prints the signals of every switch', async () => {
    const { status, lines } = await command('collapse', ...TINY)
    expect(status).toBe(0)
    expect(lines.slice(2).map((line) => line.split(' | ')[0])).toEqual([
      '| SwAV', '| SwAV, Sinkhorn off', '| DINO', '| DINO, centring off', '| DINO, sharpening off (teacher temperature 1)',
    ])
    for (const line of lines.slice(2)) expect(line).toMatch(/( \| \d\.\d\d){4} \|$/)
  }, 60_000)

  it.each([
    [['--dataset', 'cifar10'], 'Name the pictures of cifar10: --data FILE_OR_FOLDER.'],
    [['--method', 'suave'], 'collapse runs SwAV and DINO, each with its switches: leave --method out.'],
    [['--balancing', 'off'], 'collapse switches balancing on and off itself: leave --balancing out.'],
  ])('refuses %j in one line with status 2', async (args, sentence) => {
    expect(await command('collapse', ...args)).toEqual({ status: 2, lines: [], errors: [sentence] })
  }, 60_000)
})

const NO_DRIVER = join(tmpdir(), `no-driver-${process.pid}`)
afterAll(() => rm(NO_DRIVER, { recursive: true, force: true }))

// A machine without a driver, whatever this one has.
it.runIf(process.platform === 'linux').each([['train'], ['compare', '--out', NO_DRIVER]])('%s on WebGPU without a driver ends with one sentence and status 2', async (...words) => {
  const { status, errors } = await commandIn({ VK_ICD_FILENAMES: '/nowhere.json' }, ...words, ...TINY, '--method', 'supervised', '--backend', 'webgpu')
  expect(status).toBe(2)
  expect(errors.at(-1)).toMatch(/^WebGPU finds no graphics driver in Node\. Install Chromium/)
}, 60_000)

// Likewise.
describe.runIf(process.platform === 'linux')('bench without a driver', () => {
  const bench = (part: string) => commandIn({ VK_ICD_FILENAMES: '/nowhere.json' }, 'bench', '--small', '--rounds', '1', '--json', '--parts', part)

  it.each(['calls', 'wasm'])('measures %s, which no adapter computes', async (part) => {
    const { status, lines } = await bench(part)
    expect(status).toBe(0)
    expect(JSON.parse(lines[0]!)).toMatchObject({ adapter: 'the processor', [part]: expect.any(Object) })
  }, 120_000)

  it('ends a part that needs one with a sentence and status 2', async () => {
    const { status, errors } = await bench('kernels')
    expect(status).toBe(2)
    expect(errors.at(-1)).toMatch(/^There is no WebGPU adapter to measure on: .*for Node install/)
  }, 60_000)
})

describe('compare', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'compare-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('runs a grid, writes its tables, and runs nothing twice', async () => {
    const grid = (methods: string) => command('compare', ...TINY, '--methods', methods, '--labels', '1,2', '--seeds', '2', '--out', folder)
    const first = await grid('supervised')
    expect(first).toMatchObject({ status: 0 })
    expect(first.errors[0]).toBe('0 of 4 runs were there already')
    expect(first.errors.at(-1)).toMatch(/^4 of 4 runs · supervised, \d labels?, seed \d took \d+ s$/)
    expect(first.lines).toContain('| method | 1 label a class | 2 labels a class |')
    expect(first.lines.find((line) => line.startsWith('| Supervised'))).toMatch(/^\| Supervised \| \d+\.\d ± \d+\.\d \(2\) \| \d+\.\d ± \d+\.\d \(2\) \|$/)

    const cells = await readdir(join(folder, 'cells'))
    expect(cells).toHaveLength(4)
    const times = () => Promise.all(cells.map(async (cell) => (await stat(join(folder, 'cells', cell))).mtimeMs))
    const before = await times()
    await writeFile(join(folder, 'cells', cells[0]!), '{"cut')
    const second = await grid('supervised,suave')
    expect(second.errors[0]).toBe('3 of 8 runs were there already')
    expect((await times()).slice(1)).toEqual(before.slice(1))
    const { runs, summary } = JSON.parse(await readFile(join(folder, 'table.json'), 'utf8')) as { runs: { recipe: Recipe }[]; summary: object[] }
    expect(runs.map(({ recipe: { method, labelsPerClass, seed } }) => `${method} ${labelsPerClass} ${seed}`)).toEqual(
      ['supervised', 'suave'].flatMap((method) => [1, 2].flatMap((labels) => [1, 2].map((seed) => `${method} ${labels} ${seed}`))),
    )
    expect(summary[0]).toMatchObject({ method: 'supervised', labelsPerClass: 1, measure: 'testAccuracy', runs: 2 })
    expect((await readFile(join(folder, 'table.csv'), 'utf8')).split('\n')[0]).toBe('method,labelsPerClass,measure,mean,deviation,runs')
  }, 180_000)

  it.each([
    [[], 'Name the folder for the results: --out FOLDER.'],
    [['--out', ''], 'Name the folder for the results: --out FOLDER.'],
    [['--out', 'x', '--data', 'cifar.bin'], '--data was named, but the pictures are Shapes: add --dataset cifar10 or cifar100.'],
    [['--out', 'x', '--methods', 'suave,levitation'], /^method cannot be “levitation”; choose one of suave, /],
    [['--out', 'x', '--labels', '4,many'], 'labelsPerClass cannot be “many”; give a whole number from 1 to 500.'],
    [['--out', 'x', '--seeds', '0'], '--seeds cannot be “0”; give how many, a whole number from 1 to 100.'],
    [['--out', 'x', '--workers', 'all'], '--workers cannot be “all”; give a whole number from 1 to 64.'],
    [['--out', 'x', '--dataset', 'cifar10'], 'Name the pictures of cifar10: --data FILE_OR_FOLDER.'],
    [['--out', 'x', '--labels', '200', '--train-size', '100'], /^200 labels for each of 10 classes need 2,000 training pictures/],
  ])('refuses %j in one line with status 2', async (args, sentence) => {
    const { status, errors } = await command('compare', ...args)
    expect({ status, errors }).toEqual({ status: 2, errors: [typeof sentence === 'string' ? sentence : expect.stringMatching(sentence)] })
    expect(existsSync(join(ROOT, 'x'))).toBe(false)
  }, 60_000)

  // The administrator may write anywhere.
  it.skipIf(process.getuid?.() === 0)('asks before the training whether its folder can be written to', async () => {
    const cells = join(folder, 'locked', 'cells')
    await mkdir(cells, { recursive: true })
    await chmod(cells, 0o555)
    const { status, errors } = await command('compare', ...TINY, '--out', join(folder, 'locked'))
    expect({ status, errors }).toEqual({ status: 2, errors: [`Nothing can be written to the folder ${cells}; name another by --out.`] })
  }, 60_000)
})

describe('reference', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reference-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const even = { name: 'even', op: 'sinkhorn', input: { scores: [[1, 1]], epsilon: 0.05, iterations: 3 }, expect: { assignments: [[0.5, 0.5]] }, tolerance: 1e-4 }
  const fileOf = async (...cases: object[]) => {
    const file = join(folder, 'cases.json')
    await writeFile(file, JSON.stringify({ format: 1, cases }))
    return file
  }

  it('counts what passes and names what fails, with status 1', async () => {
    const file = await fileOf(
      even,
      { ...even, name: 'uneven', expect: { assignments: [[0.6, 0.4]] } },
      { ...even, name: 'short', expect: { assignments: [[0.5]] } },
      { ...even, name: 'field', expect: { other: [1] } },
      { ...even, name: 'mystery', op: 'levitate' },
    )
    const { status, lines } = await command('reference', file, '--backend', 'cpu')
    expect(lines).toEqual([
      'uneven: assignments is off by 0.100 (allowed 0.000100)',
      'short: assignments has 2 numbers instead of 1',
      'field: other is not known',
      'mystery: the operation “levitate” is not known',
      '1 passed, 4 failed',
    ])
    expect(status).toBe(1)
  }, 60_000)

  it('passes with status 0', async () => {
    expect(await command('reference', await fileOf(even))).toEqual({ status: 0, lines: ['1 passed, 0 failed'], errors: [] })
  }, 60_000)

  it.each([
    [[], /^Name one case file/],
    [['nowhere.json'], /^There is no file nowhere\.json\.$/],
    [['package.json'], /^package\.json is not a case file of format 1/],
    [['nowhere.json', '--backend', 'webgl'], /^--backend cannot be “webgl”/],
    [['nowhere.json', '--tolerance', '1'], /^Unknown option '--tolerance'\. npm run -s reference -- FILE/],
  ])('refuses %j in one line with status 2', async (args, sentence) => {
    const { status, errors } = await command('reference', ...args)
    expect(status).toBe(2)
    expect(errors).toEqual([expect.stringMatching(sentence)])
  }, 60_000)

  /** Our own cases at the edges of what there may be, and the large collection where it lies beside the repository. */
  const allCases = async () => {
    const files = [join(ROOT, 'src', 'cli', 'fixtures', 'reference-cases.json'), join(ROOT, '..', 'shared', 'reference-cases.json')]
    const read = async (file: string) => (JSON.parse(await readFile(file, 'utf8')) as { cases: object[] }).cases
    return (await Promise.all(files.filter(existsSync).map(read))).flat()
  }
  const passesAll = async (backend: string) => {
    const cases = await allCases()
    const { lines } = await command('reference', await fileOf(...cases), '--backend', backend)
    expect(lines).toEqual([`${cases.length} passed, 0 failed`])
  }

  it.each(['cpu', 'wasm'])('passes every case on %s', passesAll, 120_000)

  describeOnWebGPU('on WebGPU', () => {
    it('passes every case', () => passesAll('webgpu'), 300_000)
  })
})
