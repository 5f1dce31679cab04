import type { Counts } from './counts'
import type { BenchResult, Calls } from './measure'
import type { StepTimes } from './steps'

/** One line of the figures that a person compares: a value under each column. */
export interface Row {
  what: string
  values: string[]
}

/** Rows under a heading. */
export interface Section {
  heading: string
  columns: string[]
  rows: Row[]
}

const CALLS = ['dispatches', 'submits', 'passes', 'uploaded', 'new buffers']

/** The result in words and figures. */
export function sectionsOf({ step, kernels, growth, calls, wasm }: BenchResult): Section[] {
  return [
    ...(step ? [stepSection(step), countSection(step)] : []),
    ...(calls ? [callsSection(calls)] : []),
    ...(kernels ? [{
      heading: 'Kernels alone',
      columns: ['ours', 'stock', 'stock ÷ ours'],
      rows: kernels.map(({ name, own, stock }) =>
        row(name, milliseconds(own.median), milliseconds(stock.median), ratio(stock.median / own.median))),
    }] : []),
    ...(growth ? [growthSection(growth)] : []),
    ...(wasm ? [{
      heading: `The step on WASM (${wasm.device})`,
      columns: ['one step', 'GFLOP/s', 'matMul 512³, GFLOP/s', 'step ÷ matMul'],
      rows: [row('ours', milliseconds(wasm.milliseconds.median), inThree(wasm.gigaflops), inThree(wasm.matMulGigaflops), ratio(wasm.gigaflops / wasm.matMulGigaflops))],
    }] : []),
  ]
}

/** The result as lines of a terminal. */
export function linesOf(result: BenchResult): string[] {
  return [
    `${result.adapter}${result.software ? ': a software adapter, whose times say nothing about a GPU' : ''}`,
    ...sectionsOf(result).flatMap(({ heading, columns, rows }) => ['', heading, ...aligned([
      ['', ...columns], ...rows.map(({ what, values }) => [what, ...values]),
    ])]),
  ]
}

/** Cells as lines, first column to the left, the others to the right. */
function aligned(table: readonly string[][]): string[] {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((cells) => cells[column]!.length)))
  return table.map((cells) => cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]! + 2))).join(''))
}

/** How often the others’ step holds ours, by their names; how our counts stand beside stock tfjs’s. */
export function ratiosOf({ step, calls, wasm }: BenchResult): Record<string, number> {
  const [own, stock, jax] = step ?? []
  const [ownCounts, stockCounts] = [own?.counts ?? calls?.own.counts, stock?.counts ?? calls?.stock.counts]
  return {
    ...(own && stock && { stockStepToOurs: stock.milliseconds.median / own.milliseconds.median }),
    ...(own && jax && { jaxStepToOurs: jax.milliseconds.median / own.milliseconds.median }),
    ...(own?.processorMilliseconds && stock?.processorMilliseconds && {
      stockProcessorTimeToOurs: stock.processorMilliseconds.median / own.processorMilliseconds.median,
    }),
    ...(own?.processorMilliseconds && jax?.processorMilliseconds && {
      jaxProcessorTimeToOurs: jax.processorMilliseconds.median / own.processorMilliseconds.median,
    }),
    ...(ownCounts && stockCounts && {
      dispatchesOursToStock: ownCounts.dispatches / stockCounts.dispatches,
      allocatedOursToStock: ownCounts.allocated / stockCounts.allocated,
      uploadedBytes: ownCounts.uploaded,
    }),
    ...(own?.counts && stock?.counts && { heldOursToStock: own.counts.held / stock.counts.held }),
    ...(calls && { stockCallsToOurs: calls.stock.milliseconds.median / calls.own.milliseconds.median }),
    ...(wasm && { wasmStepToMatMul: wasm.gigaflops / wasm.matMulGigaflops }),
  }
}

function stepSection([own, ...others]: StepTimes[]): Section {
  return {
    heading: 'One step of Suave',
    columns: ['median', 'fastest', 'slowest', '÷ ours', 'processors’ time'],
    rows: [own!, ...others].map(({ name, note, milliseconds: { median, least, most }, processorMilliseconds }) => row(
      note ? `${name} (${note})` : name,
      ...[median, least, most].map(milliseconds),
      ratio(median / own!.milliseconds.median),
      processorMilliseconds ? milliseconds(processorMilliseconds.median) : UNKNOWN,
    )),
  }
}

function countSection(step: StepTimes[]): Section {
  return {
    heading: 'What one step asks of the device',
    columns: [...CALLS, 'held'],
    rows: step.flatMap(({ name, counts }) => counts ? [row(name, ...countsIn(counts), kilobytes(counts.held))] : []),
  }
}

function callsSection({ own, stock }: NonNullable<BenchResult['calls']>): Section {
  const side = (name: string, { milliseconds: { median }, counts }: Calls) =>
    row(name, milliseconds(median), ratio(median / own.milliseconds.median), ...countsIn(counts))
  return {
    heading: 'A step on a device that computes nothing: JavaScript and API calls',
    columns: ['time', '÷ ours', ...CALLS],
    rows: [side('ours', own), side('tfjs, stock kernels', stock)],
  }
}

/** Times and how many times the first size’s they are. */
function growthSection({ batch, width }: NonNullable<BenchResult['growth']>): Section {
  const once = batch['×1']!
  const rows = (kind: string, times: Record<string, number>) =>
    Object.entries(times).map(([size, time]) => row(`${kind} ${size}`, milliseconds(time), ratio(time / once)))
  return { heading: 'How our step grows', columns: ['one step', '÷ that of ×1'], rows: [...rows('batch', batch), ...rows('width', width)] }
}

const UNKNOWN = '–'
const THREE_DIGITS = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 })

const row = (what: string, ...values: string[]): Row => ({ what, values })
const inThree = (value: number) => THREE_DIGITS.format(value)
const milliseconds = (value: number) => `${inThree(value)} ms`
const ratio = (value: number) => `${inThree(value)}×`
const kilobytes = (bytes: number) => `${Math.round(bytes / 1_000).toLocaleString('en')} kB`
const countsIn = ({ dispatches, submits, passes, uploaded, allocated }: Counts) =>
  [...[dispatches, submits, passes].map(String), kilobytes(uploaded), kilobytes(allocated)]
