import { describe, expect, it } from 'vitest'
import { RunSeries } from './series'
import { evaluation, metrics, training } from './test-session'

const evaluated = (step: number) => training(evaluation(step, 0.5, { clusterAccuracy: 0.75 }))

describe('the series of a run', () => {
  it('tells its listeners once for a batch', () => {
    const series = new RunSeries()
    let heard = 0
    const stop = series.subscribe(() => heard++)
    series.record(1, [training(metrics(1)), training(metrics(2)), evaluated(2)])
    expect(heard).toBe(1)
    series.record(1, [training({ type: 'stepped', step: 3 })])
    expect(heard).toBe(1)
    stop()
    series.record(1, [training(metrics(3))])
    expect(heard).toBe(1)
  })

  it('puts metrics and evaluation of a step into one row', () => {
    const series = new RunSeries()
    series.record(1, [training(metrics(1, { loss: 4 })), training(metrics(2, { loss: 2 })), evaluated(2), evaluated(5)])
    const { steps, values } = series.columns
    expect([...Array.from(steps)]).toEqual([1, 2, 5])
    expect(Array.from(values.loss)).toEqual([4, 2, NaN])
    expect(Array.from(values.testAccuracy)).toEqual([NaN, 0.5, 0.5])
    expect(series.latest('loss')).toBe(2)
    expect(series.latest('clusterAccuracy')).toBe(0.75)
    expect(series.latest('teacherAccuracy')).toBeUndefined()
    expect(series.latest('neighbourAccuracy')).toBeUndefined()
  })

  it('holds a long run', () => {
    const series = new RunSeries()
    series.record(1, Array.from({ length: 5_000 }, (_, step) => training(metrics(step, { loss: step }))))
    const { steps, values } = series.columns
    expect(steps.length).toBe(5_000)
    expect(values.loss[4_999]).toBe(4_999)
    expect(values.loss[3]).toBe(3)
  })

  it('keeps a run on show until the next one takes a step', () => {
    const series = new RunSeries()
    series.record(1, [training(metrics(9))])
    series.record(2, [training(metrics(10))])
    expect(Array.from(series.columns.steps)).toEqual([9])
    series.record(2, [training(metrics(1), 2)])
    expect(Array.from(series.columns.steps)).toEqual([1])
  })

  it('keeps the run before, to compare with', () => {
    const series = new RunSeries()
    series.record(1, [training(metrics(1, { loss: 4 })), training(metrics(2, { loss: 3 }))])
    series.record(2, [training(metrics(1, { loss: 9 }), 2)])
    expect(Array.from(series.previous?.values.loss ?? [])).toEqual([4, 3])
    expect(Array.from(series.columns.values.loss)).toEqual([9])
  })

  it('averages the newest readings, and the usage of the last few batches', () => {
    const series = new RunSeries()
    series.record(1, [1, 2, 3, 4].map((loss) => training(metrics(loss, { loss }))))
    series.record(1, [training(evaluation(5, 0.5))])
    expect(series.recentMean('loss', 2)).toBe(3.5)
    expect(series.recentMean('teacherAccuracy', 2)).toBeUndefined()
    const next = metrics(6)
    series.record(1, [training({ ...next, usage: Float32Array.of(0, 0, 1) } as typeof next)])
    const [first, , third] = series.lens.meanUsage ?? []
    expect(first).toBeCloseTo(0.4)
    expect(third).toBeCloseTo(0.36)
  })

  it('keeps the last sample of assignments when a later step brings none', () => {
    const series = new RunSeries()
    const values = Float32Array.of(0.5, 0.3, 0.2)
    const sample = { pictures: Int32Array.of(4), prototypes: 3, assignments: values, predictions: values }
    series.record(1, [training(metrics(1, {}, sample)), training(metrics(2))])
    expect(series.lens.sample).toBe(sample)
    series.clear()
    expect(series.lens.sample).toBeUndefined()
  })
})
