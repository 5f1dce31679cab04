import { describe, expect, it } from 'vitest'
import { COLUMNS, type ColumnName } from '../../state/series'
import { contentOf, smoothName } from './content'
import { accuracyChart, lossChart } from './lines'

const STEPS = 30_000

/** A long run: loss 2 + noise with one spike, an evaluation every 100 steps. */
function longRun(steps = STEPS) {
  let reads = 0
  const counted = (column: Float32Array) => new Proxy(column, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads++
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const values = Object.fromEntries(COLUMNS.map((name) => [name, counted(new Float32Array(steps).fill(NaN))])) as Record<ColumnName, Float32Array>
  for (let row = 0; row < steps; row++) {
    for (const name of ['loss', 'unlabelledLoss', 'labelledLoss', 'pseudoLabelAccuracy'] as const) values[name][row] = 2 + (row % 7) / 7
    values.testAccuracy[row] = row % 100 === 0 ? row / steps : NaN
  }
  values.loss[20_123] = 9
  reads = 0
  return { columns: { steps: Float64Array.from({ length: steps }, (_, row) => row + 1), values }, readings: () => reads }
}

describe('what a chart draws of a long run', () => {
  it('is at most 300 points a line, and costs at most four readings a point and line', () => {
    const { columns, readings } = longRun()
    const chart = lossChart('suave')
    const { rows } = contentOf(chart, columns, { smoothing: 0.6, log: false })
    expect(rows.length).toBeLessThanOrEqual(300)
    expect(readings()).toBeLessThanOrEqual(4 * chart.lines.length * STEPS)
  })

  it('keeps a spike, and shows every step of a short excerpt', () => {
    const { columns } = longRun()
    const whole = contentOf(lossChart('suave'), columns, { smoothing: 0.6, log: false })
    expect(whole.rows.map((row) => row.loss)).toContain(9)
    expect(whole.axis.high).toBeGreaterThanOrEqual(9)
    const { rows } = contentOf(lossChart('suave'), columns, { smoothing: 0.6, log: false, range: { from: 20_100, to: 20_150 } })
    expect(rows.map((row) => row.step)).toEqual(Array.from({ length: 52 }, (_, index) => 20_100 + index))
  })

  it('has the same smoothed values zoomed and whole', () => {
    const { columns } = longRun(200)
    const options = { smoothing: 0.9, log: false }
    const at = (range?: { from: number; to: number }) =>
      contentOf(lossChart('suave'), columns, { ...options, range }).rows.find((row) => row.step === 150)?.[smoothName('loss')]
    expect(at({ from: 140, to: 160 })).toBe(at())
    expect(at()).toBeDefined()
  })

  it('smooths no evaluation, and has no zero on a logarithmic axis', () => {
    const { columns } = longRun(200)
    const [first] = contentOf(accuracyChart('suave'), columns, { smoothing: 0.6, log: false }).rows
    expect(Object.keys(first ?? {})).toEqual(['step', 'testAccuracy', 'clusterAccuracy', 'pseudoLabelAccuracy', 'pseudoLabelAccuracy smoothed'])
    columns.values.loss[3] = 0
    const { rows, axis } = contentOf(lossChart('suave'), columns, { smoothing: 0, log: true })
    expect(rows[3]?.loss).toBeNull()
    expect(axis.low).toBeGreaterThan(0)
  })
})
