import { matMul, setBackend, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core'
import { openBareWebGPU, type BareWebGPU } from '../../compute/bare-webgpu'
import { connectBackend, type ComputeEnvironment } from '../../compute/backends'
import { isSoftware } from '../../compute/webgpu-backend'
import type { Changes } from '../../recipe/recipe'
import { timed, type Times } from './clock'
import { countCalls, type Counts } from './counts'
import { countOperations } from './flops'
import { raceKernels, type KernelTimes } from './single-kernels'
import { callTimes, chooseStockFlags, raceSteps, stepInTurn, type Clock, type Entry, type StepTimes } from './steps'
import { tfjsSuave } from './tfjs-suave'
import { makeWorkload, normals, type Workload } from './workload'

/** The parts that an adapter computes. */
const ADAPTER_PARTS = ['step', 'kernels', 'growth'] as const
export const PARTS = [...ADAPTER_PARTS, 'calls', 'wasm'] as const
export type Part = (typeof PARTS)[number]

export interface BenchOptions {
  parts: readonly Part[]
  /** Timed steps of each contestant. */
  rounds: number
  /** Leave jax-js out. */
  withoutJax?: boolean
  /** Of the measured recipe, to measure something smaller. */
  changes?: Changes
}

/** Where the measuring happens. */
export interface BenchEnvironment extends ComputeEnvironment {
  gpu: GPU
  /** WebGPU that computes nothing, where there is one. */
  nullGpu?: GPU
  /** Milliseconds that all processors have worked on this, where that can be told. */
  processorTime?: Clock
  /** Hears what is being measured. */
  tell(what: string): void
}

export interface WasmSpeed {
  device: string
  milliseconds: Times
  gigaflops: number
  /** Of `matMul` of two 512×512 matrices, in the same minute. */
  matMulGigaflops: number
}

export interface Calls {
  /** In JavaScript and API calls, by the processors’ time where that can be told. */
  milliseconds: Times
  counts: Counts
}

export interface BenchResult {
  /** What was measured on, in words. */
  adapter: string
  /** The adapter is a processor in disguise: its times say nothing about a GPU. */
  software: boolean
  /** One step of Suave: ours first, then stock tfjs, then jax-js. */
  step?: StepTimes[]
  kernels?: KernelTimes[]
  /** Milliseconds of our step for batches of one, two and four times the size, and for half, once and twice the width. */
  growth?: { batch: Record<string, number>; width: Record<string, number> }
  /** A step on a device that computes nothing. */
  calls?: { own: Calls; stock: Calls }
  wasm?: WasmSpeed
}

/**
 * Measures the parts that are asked for, all contestants on the same adapter from the same first values. An adapter is
 * opened only for parts that need one.
 * @throws BackendError without an adapter for a part that needs one; DisagreementError when contestants’ losses differ
 */
export async function measureBench(options: BenchOptions, environment: BenchEnvironment): Promise<BenchResult> {
  const { parts, rounds, changes = {} } = options
  environment.tell('the workload')
  const workload = await makeWorkload(changes)
  const result: BenchResult = ADAPTER_PARTS.some((part) => parts.includes(part))
    ? await measureOnAdapter(workload, options, environment)
    : { adapter: 'the processor', software: false }
  const { nullGpu } = environment
  if (parts.includes('calls') && nullGpu) result.calls = await timesOfCalls(workload, nullGpu, environment)
  if (parts.includes('wasm')) result.wasm = await wasmSpeed(workload, rounds, environment)
  return result
}

async function measureOnAdapter(
  workload: Workload, { parts, rounds, changes = {}, withoutJax }: BenchOptions, environment: BenchEnvironment,
): Promise<BenchResult> {
  const { gpu, tell } = environment
  const stock = await openBareWebGPU('stock', gpu, 'stock')
  const own = await openBareWebGPU('own', gpu, 'own')
  const result: BenchResult = { adapter: own.adapter, software: isSoftware(own.info) }
  try {
    if (parts.includes('step')) result.step = await raceOfSteps(workload, { own, stock }, rounds, !withoutJax, environment)
    if (parts.includes('kernels')) result.kernels = await raceKernels({ own: 'own', stock: 'stock' }, workload, rounds, (name) => tell(name))
    if (parts.includes('growth')) result.growth = await growth(changes, rounds, tell)
  } finally {
    stock.close()
    own.close()
  }
  return result
}

async function raceOfSteps(
  workload: Workload, { own, stock }: Record<'own' | 'stock', BareWebGPU>, rounds: number, withJax: boolean,
  { tell, processorTime }: BenchEnvironment,
): Promise<StepTimes[]> {
  const counters = { own: countCalls(own.device), stock: countCalls(stock.device) }
  tell('stock tfjs, to choose its flags')
  const trial = await entry('stock', 'stock', workload)
  const note = await chooseStockFlags(trial)
  trial.contestant.dispose()
  const ours = await entry('own', 'ours', workload)
  const theirs = await entry('stock', 'tfjs, stock kernels', workload)
  const entries: Entry[] = [
    { ...ours, counter: counters.own },
    { ...theirs, contestant: { ...theirs.contestant, note }, counter: counters.stock },
    ...(withJax ? [await (await import('./jax-suave')).jaxSuave(workload)] : []),
  ]
  tell('whole steps, in turn')
  const times = await raceSteps(entries, rounds, { processorTime })
  for (const { contestant, backend, counter } of entries) {
    if (backend) await setBackend(backend)
    contestant.dispose()
    counter?.stop()
  }
  return times
}

async function entry(backend: string, name: string, workload: Workload): Promise<Entry> {
  return { contestant: await tfjsSuave(backend, name, workload), backend }
}

/** All sizes step in turn: a machine that is slow for a while is slow for all of them. */
async function growth(changes: Changes, rounds: number, tell: (what: string) => void): Promise<BenchResult['growth']> {
  const { recipe } = await makeWorkload(changes)
  const batchOf = (times: number): Changes => ({ unlabelledBatch: times * recipe.unlabelledBatch, labelledBatch: times * recipe.labelledBatch })
  const sizes: Changes[] = [{}, batchOf(2), batchOf(4), { width: recipe.width / 2 }, { width: recipe.width * 2 }]
  const entries: Entry[] = []
  for (const size of sizes) entries.push(await entry('own', 'ours', await makeWorkload({ ...changes, ...size })))
  tell('steps with one, two and four times the batch, with half and twice the width, in turn')
  const [once, twice, fourTimes, narrow, wide] = (await stepInTurn(entries, rounds)).map(({ milliseconds }) => milliseconds.median)
  for (const { contestant } of entries) contestant.dispose()
  return {
    batch: { '×1': once!, '×2': twice!, '×4': fourTimes! },
    width: { '×0.5': narrow!, '×1': once!, '×2': wide! },
  }
}

async function timesOfCalls(workload: Workload, nullGpu: GPU, { tell, processorTime }: BenchEnvironment): Promise<BenchResult['calls']> {
  tell('time in JavaScript and API calls')
  const sides = []
  for (const kernels of ['own', 'stock'] as const) {
    const name = `${kernels}WithoutDevice`
    const { device, close } = await openBareWebGPU(name, nullGpu, kernels)
    sides.push({ ...await entry(name, name, workload), device, close })
  }
  const times = await callTimes(sides, 20, processorTime && { clock: processorTime })
  const calls: Calls[] = []
  for (const [i, { contestant, backend, device, close }] of sides.entries()) {
    await setBackend(backend!)
    const counter = countCalls(device)
    await contestant.step().done
    calls.push({ milliseconds: times[i]!, counts: { ...counter.counts } })
    contestant.dispose()
    close()
  }
  return { own: calls[0]!, stock: calls[1]! }
}

async function wasmSpeed(workload: Workload, rounds: number, environment: BenchEnvironment): Promise<WasmSpeed> {
  environment.tell('WASM')
  const { device } = await connectBackend('wasm', environment)
  const { contestant } = await entry('wasm', 'wasm', workload)
  const milliseconds = await timed(() => contestant.step().done, Math.max(5, rounds), 2)
  const operations = await countOperations('wasm', () => contestant.step().done)
  contestant.dispose()
  const side = 512
  const [a, b] = [normals([side, side], 1), normals([side, side], 2)].map(({ values }) => tensor2d(values, [side, side]))
  const product = await timed(() => {
    const c = tidy(() => matMul(a as Tensor2D, b as Tensor2D))
    return c.data().finally(() => c.dispose())
  }, 10, 3)
  a!.dispose()
  b!.dispose()
  return {
    device, milliseconds,
    gigaflops: operations / milliseconds.median / 1e6,
    matMulGigaflops: 2 * side ** 3 / product.median / 1e6,
  }
}
