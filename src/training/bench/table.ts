import type { BenchResult } from './measure'
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
      heading: 'JavaScript and API calls of a step, on a device that computes nothing',
      rows: [
        row('ours', milliseconds(calls.own.median)), row('tfjs, stock kernels', milliseconds(calls.stock.median)),
        row('stock ÷ ours', ratio(calls.stock.median / calls.own.median)),
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

/** How often the others’ step holds ours, by their names; how our counts stand beside stock tfjs’s. */
export function ratiosOf({ step, calls, wasm }: BenchResult): Record<string, number> {
  const [own, stock, jax] = step ?? []
  return {
    ...(own && stock && { stockStepToOurs: stock.milliseconds.median / own.milliseconds.median }),
    ...(own && jax && { jaxStepToOurs: jax.milliseconds.median / own.milliseconds.median }),
    ...(own?.counts && stock?.counts && {
      dispatchesOursToStock: own.counts.dispatches / stock.counts.dispatches,
      heldOursToStock: own.counts.held / stock.counts.held,
      uploadedBytes: own.counts.uploaded,
    }),
    ...(calls && { stockCallsToOurs: calls.stock.median / calls.own.median }),
    ...(wasm && { wasmStepToMatMul: wasm.gigaflops / wasm.matMulGigaflops }),
  }
}

function stepSection([own, ...others]: StepTimes[]): Section {
  return {
    heading: 'One step of Suave, median (fastest, slowest)',
    rows: [own!, ...others].map(({ name, note, milliseconds: { median, least, most } }) => row(
      note ? `${name} (${note})` : name,
      `${milliseconds(median)} (${milliseconds(least)}, ${milliseconds(most)})${name === own!.name ? '' : `, ${ratio(median / own!.milliseconds.median)} of ours`}`,
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

const row = (what: string, value: string): Row => ({ what, value })
const milliseconds = (value: number) => `${value.toPrecision(3)} ms`
const kilobytes = (bytes: number) => `${Math.round(bytes / 1_000)} kB`
const ratio = (value: number) => `${value.toPrecision(3)}×`
