import { MEASURES, METRICS, measuresOf, type AssignmentSample } from '../training/events'
import type { PictureStrip, WorkerEvent } from '../session/protocol'
import type { Columns } from './decimate'
import { Announcer } from './announcer'

const ACCURACIES = ['testAccuracy', 'studentAccuracy', 'teacherAccuracy'] as const
export const COLUMNS = [...METRICS, ...ACCURACIES, ...MEASURES] as const
export type ColumnName = (typeof COLUMNS)[number]
/** The columns that come from single batches. */
export const METRIC_NAMES: ReadonlySet<ColumnName> = new Set(METRICS)

/** What the last batches looked like inside. */
export interface Lens {
  /** Share of predictions that each prototype wins; a method without targets has none. */
  usage?: Float32Array
  /** The same over the last few batches, each older one counting less. */
  meanUsage?: Float32Array
  sample?: AssignmentSample
  /** The pictures of the sample. */
  strip?: PictureStrip
}

/**
 * The numbers of the current run, kept outside React because there may be thousands.
 * Components subscribe and read when `version` has moved.
 */
export class RunSeries extends Announcer {
  version = 0
  lens: Lens = {}
  /** The numbers of the run before. */
  previous: Columns<ColumnName> | undefined
  #runId: number | undefined
  #length = 0
  #steps = new Float64Array(256)
  #values = Object.fromEntries(COLUMNS.map((name) => [name, new Float32Array(256)])) as Record<ColumnName, Float32Array>

  /** Takes the metrics and evaluations of a run out of a batch of events and tells the listeners once. */
  record(runId: number, events: readonly WorkerEvent[]): void {
    let changed = false
    for (const event of events) {
      if (event.kind !== 'training' || event.runId !== runId) continue
      if (runId !== this.#runId) this.#forget(runId)
      changed = this.#take(event) || changed
    }
    if (changed) this.#publish()
  }

  clear(): void {
    this.#forget(undefined)
    this.#publish()
  }

  get columns(): Columns<ColumnName> {
    const views = COLUMNS.map((name) => [name, this.#values[name].subarray(0, this.#length)])
    return {
      steps: this.#steps.subarray(0, this.#length),
      values: Object.fromEntries(views) as Record<ColumnName, Float32Array>,
    }
  }

  /** The newest value of a column, if it has one. */
  latest(name: ColumnName): number | undefined {
    for (let row = this.#length - 1; row >= 0; row--) {
      const value = this.#values[name][row]
      if (value !== undefined && !Number.isNaN(value)) return value
    }
    return undefined
  }

  /** Mean of the newest `count` values of a column, if it has any. */
  recentMean(name: ColumnName, count: number): number | undefined {
    let sum = 0
    let found = 0
    for (let row = this.#length - 1; row >= 0 && found < count; row--) {
      const value = this.#values[name][row]
      if (value === undefined || Number.isNaN(value)) continue
      sum += value
      found++
    }
    return found === 0 ? undefined : sum / found
  }

  /** The first event of a run takes the place of the run before, which stays to compare with. */
  #forget(runId: number | undefined): void {
    if (this.#length > 1) this.previous = copyOf(this.columns)
    this.#runId = runId
    this.#length = 0
    this.lens = {}
  }

  #take({ event, strip }: Extract<WorkerEvent, { kind: 'training' }>): boolean {
    if (event.type === 'metrics') {
      this.#write(event.step, event.metrics)
      const usage = event.usage.length > 0 ? event.usage : undefined
      const meanUsage = usage && mixed(this.lens.meanUsage ?? usage, usage)
      this.lens = { ...this.lens, usage, meanUsage, ...(event.sample && { sample: event.sample, strip }) }
    } else if (event.type === 'evaluation') {
      const { testAccuracy, studentAccuracy, teacherAccuracy = NaN } = event
      this.#write(event.step, { testAccuracy, studentAccuracy, teacherAccuracy, ...measuresOf(event) })
    } else return false
    return true
  }

  /** Metrics and evaluation of the same step share a row. */
  #write(step: number, values: Partial<Record<ColumnName, number>>): void {
    const joins = this.#length > 0 && this.#steps[this.#length - 1] === step
    if (!joins) this.#addRow(step)
    for (const name of COLUMNS) {
      const value = values[name]
      if (value !== undefined) this.#values[name][this.#length - 1] = value
    }
  }

  #addRow(step: number): void {
    if (this.#length === this.#steps.length) this.#grow()
    this.#steps[this.#length] = step
    for (const name of COLUMNS) this.#values[name][this.#length] = NaN
    this.#length++
  }

  #grow(): void {
    const steps = new Float64Array(this.#steps.length * 2)
    steps.set(this.#steps)
    this.#steps = steps
    for (const name of COLUMNS) {
      const values = new Float32Array(steps.length)
      values.set(this.#values[name])
      this.#values[name] = values
    }
  }

  #publish(): void {
    this.version++
    this.announce()
  }
}

/** Share of the past in the mean usage: about the last five batches count. */
const PAST = 0.8

function mixed(past: Float32Array, present: Float32Array): Float32Array {
  return past.length === present.length ? past.map((share, k) => PAST * share + (1 - PAST) * (present[k] ?? 0)) : present
}

function copyOf({ steps, values }: Columns<ColumnName>): Columns<ColumnName> {
  const copies = COLUMNS.map((name) => [name, Float32Array.from(values[name])])
  return { steps: Float64Array.from(steps), values: Object.fromEntries(copies) as Record<ColumnName, Float32Array> }
}
