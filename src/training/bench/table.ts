import type { BenchResult, Calls } from './measure'
import type { StepTimes } from './steps'

/** One line of the figures that a person compares. */
export interface Row {
  what: string
  value: string
}

/** A group of rows under a heading. */
export interface Section {
  heading: string
  rows: Row[]
}

/** The result in words and figures. */
export function sectionsOf({ step, kernels, growth, calls, wasm }: BenchResult): Section[] {
  return [
    ...(step ? [stepSection(step), countSection(step)] : []),
    ...(calls ? [{
      heading: 'A step on a device that computes nothing: JavaScript and API calls; dispatches, submits, passes, bytes uploaded, bytes of new buffers',
      rows: [
        row('ours', callsIn(calls.own)), row('tfjs, stock kernels', callsIn(calls.stock)),
        row('stock ÷ ours', ratio(calls.stock.milliseconds.median / calls.own.milliseconds.median)),
      ],
    }] : []),
    ...(kernels ? [{
      heading: 'Kernels alone: ours, stock, stock ÷ ours',
      rows: kernels.map(({ name, own, stock }) =>
        row(name, `${milliseconds(own.median)}, ${milliseconds(stock.median)}, ${ratio(stock.median / own.median)}`)),
    }] : []),
    ...(growth ? [{
      heading: 'How our step grows',
      rows: Object.entries(growth).flatMap(([kind, times]) => Object.entries(times).map(([times, value]) => row(`${kind} ${times}`, milliseconds(value)))),
    }] : []),
    ...(wasm ? [{
      heading: `The step on WASM (${wasm.device})`,
      rows: [
        row('one step', milliseconds(wasm.milliseconds.median)),
        row('GFLOP/s of the step, of matMul 512³', `${wasm.gigaflops.toFixed(1)}, ${wasm.matMulGigaflops.toFixed(1)}`),
        row('step ÷ matMul', ratio(wasm.gigaflops / wasm.matMulGigaflops)),
      ],
    }] : []),
  ]
}

/** The result as lines of a terminal. */
export function linesOf(result: BenchResult): string[] {
  return [
    `${result.adapter}${result.software ? ': a software adapter, whose times say nothing about a GPU' : ''}`,
    ...sectionsOf(result).flatMap(({ heading, rows }) => {
      const width = Math.max(...rows.map(({ what }) => what.length))
      return ['', heading, ...rows.map(({ what, value }) => `  ${what.padEnd(width)}  ${value}`)]
    }),
  ]
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
    heading: 'One step of Suave, median (fastest, slowest)',
    rows: [own!, ...others].map(({ name, note, milliseconds: { median, least, most }, processorMilliseconds }) => row(
      note ? `${name} (${note})` : name,
      `${milliseconds(median)} (${milliseconds(least)}, ${milliseconds(most)})${name === own!.name ? '' : `, ${ratio(median / own!.milliseconds.median)} of ours`}` +
        (processorMilliseconds ? `; the processors’ time ${milliseconds(processorMilliseconds.median)}` : ''),
    )),
  }
}

function countSection(step: StepTimes[]): Section {
  return {
    heading: 'What one step asks of the device: dispatches, submits, passes, bytes uploaded, bytes of new buffers, bytes held',
    rows: step.flatMap(({ name, counts }) => counts ? [row(name, [
      counts.dispatches, counts.submits, counts.passes, ...[counts.uploaded, counts.allocated, counts.held].map(kilobytes),
    ].join(', '))] : []),
  }
}

function callsIn({ milliseconds: { median }, counts }: Calls): string {
  const { dispatches, submits, passes, uploaded, allocated } = counts
  return `${milliseconds(median)}; ${[dispatches, submits, passes, kilobytes(uploaded), kilobytes(allocated)].join(', ')}`
}

const row = (what: string, value: string): Row => ({ what, value })
const milliseconds = (value: number) => `${value.toPrecision(3)} ms`
const kilobytes = (bytes: number) => `${Math.round(bytes / 1_000)} kB`
const ratio = (value: number) => `${value.toPrecision(3)}×`
