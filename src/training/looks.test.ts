import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import type { Recipe } from '../recipe/recipe'
import type { Snapshot, TrainingEvent, Watch } from './events'
import type { Stage } from './stages'
import { DATA, TINY } from './tiny'
import { pictureAt } from '../data/picture-set'
import { train } from './trainer'

beforeAll(() => connectNodeBackend('wasm'))

const METHODS = ['suave', 'daino', 'supervised'] as const
const RECIPE: Recipe = { ...TINY, steps: 3, smallViews: 1, smallViewSize: 8, teacherTemperatureWarmup: 0, evaluateEvery: 1 }

async function eventsOf(changes: Partial<Recipe>, watch: Partial<Watch> = {}): Promise<TrainingEvent[]> {
  const watched = { assignments: 4, snapshot: false, answers: false, lens: false, ...watch }
  const events: TrainingEvent[] = []
  for await (const event of train({ ...RECIPE, ...changes }, DATA, { takeChanges: () => ({}), watched: () => watched })) events.push(event)
  return events
}

const isProgress = ({ type }: TrainingEvent) => type !== 'snapshot' && type !== 'answers' && type !== 'stage'
const snapshotsOf = (events: TrainingEvent[]) => events.flatMap((event) => (event.type === 'snapshot' ? [event.snapshot] : []))
const stagesOf = (events: TrainingEvent[], step: number) =>
  events.flatMap((event) => (event.type === 'stage' && event.step === step ? [event.stage] : []))
const stageAt = <Gate extends Stage['gate']>(stages: Stage[], gate: Gate) =>
  stages.find((stage): stage is Extract<Stage, { gate: Gate }> => stage.gate === gate)!

const row = (values: Float32Array, index: number, size: number) => [...values.subarray(index * size, (index + 1) * size)]
const dot = (a: number[], b: number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0)
function softmax(logits: number[]): number[] {
  const powers = logits.map((x) => Math.exp(x - Math.max(...logits)))
  const total = powers.reduce((sum, x) => sum + x)
  return powers.map((x) => x / total)
}

describe.each(METHODS)('looking at %s', (method) => {
  it('changes no number of the run, to the last bit, and leaves nothing on the device', async () => {
    const before = memory().numTensors
    const plain = await eventsOf({ method })
    const looked = await eventsOf({ method }, { snapshot: true, answers: true, lens: true })
    expect(looked.filter(isProgress)).toEqual(plain)
    expect(looked.length).toBeGreaterThan(plain.length + 10)
    expect(memory().numTensors).toBe(before)
  })

  it('is given up in the middle of a step without a trace', async () => {
    const before = memory().numTensors
    const watched = { assignments: 0, snapshot: false, answers: false, lens: true }
    for (const pulls of [1, 2, 3]) {
      const run = train({ ...RECIPE, method }, DATA, { takeChanges: () => ({}), watched: () => watched })
      for (let i = 0; i < pulls; i++) expect((await run.next()).value).toMatchObject({ type: 'stage', step: 1 })
      await run.return()
      expect(memory().numTensors).toBe(before)
    }
  })
})

describe('a snapshot', () => {
  const check = ({ features, scores, prototypeRows, featureSize, prototypes }: Snapshot, pictures: number) => {
    expect([features.length, scores.length]).toEqual([pictures * featureSize, pictures * prototypes])
    for (let i = 0; i < pictures; i++) {
      const feature = row(features, i, featureSize)
      expect(dot(feature, feature)).toBeCloseTo(1, 4)
      for (let k = 0; k < prototypes; k++) {
        expect(scores[i * prototypes + k]).toBeCloseTo(dot(feature, row(prototypeRows, k, featureSize)), 4)
      }
    }
  }

  it('has unit features of every picture and their cosines with the prototypes, before each step and at the end', async () => {
    const snapshots = snapshotsOf(await eventsOf({}, { snapshot: true }))
    expect(snapshots.map(({ step }) => step)).toEqual([0, 1, 2, 3])
    for (const snapshot of snapshots) check(snapshot, 18)
    expect(snapshots[3]).toMatchObject({ test: { scores: { length: 6 * 3 }, teacherScores: undefined }, centre: undefined, teacherDistance: undefined })
    expect(snapshots[3]!.features).not.toEqual(snapshots[2]!.features)
  })

  it('cuts the same two views in every look', async () => {
    const [first, , , last] = snapshotsOf(await eventsOf({ jitter: 0.4 }, { snapshot: true }))
    expect(first!.pairs.rgba).toEqual(last!.pairs.rgba)
    expect(first!.pairs.rgba).toHaveLength(2 * 8 * 32 * 32 * 4)
    const half = first!.pairs.rgba.length / 2
    expect(first!.pairs.rgba.slice(0, half)).not.toEqual(first!.pairs.rgba.slice(half))
    expect(first!.pairs.scores).not.toEqual(last!.pairs.scores)
    expect([...first!.pairs.pictures]).toEqual([10, 11, 12, 13, 14, 15, 16, 17])
  })

  it('of Daino has the teacher’s scores and centre; teacher and student begin as one', async () => {
    const [first, , , last] = snapshotsOf(await eventsOf({ method: 'daino', centreMomentum: 0.5 }, { snapshot: true }))
    expect(first!.teacherScores).toEqual(first!.scores)
    expect(first!.teacherDistance).toBe(0)
    expect(last!.teacherScores).not.toEqual(last!.scores)
    expect(last!.teacherDistance).toBeGreaterThan(0)
    expect([...first!.centre!]).toEqual([0, 0, 0])
    expect(last!.centre!.every((value) => value !== 0)).toBe(true)
    expect(last!.pairs.teacherFeatures).toHaveLength(last!.pairs.features.length)
  })
})

describe('the lens', () => {
  it('has a gate for each part of a step that the method has', async () => {
    const gates = async (method: Recipe['method']) => stagesOf(await eventsOf({ method }, { lens: true }), 2).map(({ gate }) => gate)
    expect(await gates('suave')).toEqual(['views', 'forward', 'change'])
    expect(await gates('daino')).toEqual(['views', 'forward', 'change', 'average'])
    expect(await gates('supervised')).toEqual(['views', 'forward', 'change'])
  })

  it('shows the views in the colours that they were dealt in', async () => {
    const still = { cropMinimum: 1, labelledCropMinimum: 1, jitter: 0, labelledJitter: 0, grayscale: 0, labelledGrayscale: 0 }
    const views = stageAt(stagesOf(await eventsOf(still, { lens: true }), 1), 'views')
    expect([views.labelled.length, views.unlabelled.length]).toEqual([2, 4])
    // Uncropped and unchanged but for a flip, a view has its picture’s mean colour.
    const means = (pixels: Uint8ClampedArray | Uint8Array, channels: number) => [0, 1, 2].map((channel) => {
      const values = [...pixels].filter((_, i) => i % channels === channel)
      return values.reduce((sum, value) => sum + value, 0) / values.length
    })
    const size = 32 * 32
    views.unlabelled.forEach((position, i) => {
      const picture = means(pictureAt(DATA.split.train, position), 3)
      for (const globals of [views.pixels.first!, views.pixels.second!]) {
        means(globals.subarray(i * size * 4, (i + 1) * size * 4), 4).forEach((mean, channel) => expect(mean).toBeCloseTo(picture[channel]!, 0))
      }
    })
    expect(views.pixels.small).toHaveLength(4 * 8 * 8 * 4)
  })

  it.each(['suave', 'daino'] as const)('shows the very assignments and predictions of the step: %s', async (method) => {
    const events = await eventsOf({ method }, { lens: true })
    for (const step of [1, 3]) {
      const { first, loss } = stageAt(stagesOf(events, step), 'forward')
      const told = events.find((event) => event.type === 'metrics' && event.step === step)
      if (told?.type !== 'metrics') throw new Error('No metrics came.')
      expect(first!.targets).toEqual(told.sample!.assignments)
      expect(first!.predictions).toEqual(told.sample!.predictions)
      expect(loss).toBe(told.metrics.loss)
    }
  })

  it('has targets that teacher, centre and temperature explain, and losses that targets and predictions explain', async () => {
    const { temperature, teacherTemperature } = RECIPE
    const { prototypes, first, second, centre } = stageAt(stagesOf(await eventsOf({ method: 'daino' }, { lens: true }), 3), 'forward')
    expect(centre!.some((value) => value !== 0)).toBe(true)
    for (let i = 0; i < 4; i++) {
      const judged = row(first!.teacherScores!, i, prototypes)
      softmax(judged.map((score, k) => (score - centre![k]!) / teacherTemperature))
        .forEach((q, k) => expect(first!.targets[i * prototypes + k]).toBeCloseTo(q, 4))
      const prediction = softmax(row(second!.scores, i, prototypes).map((score) => score / temperature))
      expect(second!.losses[i]).toBeCloseTo(-dot(row(first!.targets, i, prototypes), prediction.map(Math.log)), 3)
    }
  })

  it('of supervised training has labels for targets', async () => {
    const { labelled, first, prototypes } = stageAt(stagesOf(await eventsOf({ method: 'supervised' }, { lens: true }), 1), 'forward')
    expect(first).toBeUndefined()
    expect(labelled!.losses).toHaveLength(4)
    for (let i = 0; i < 4; i++) expect(Math.max(...row(labelled!.targets, i, prototypes))).toBeGreaterThan(0.99)
  })

  it('tells how far each layer moved and how far the teacher followed', async () => {
    const stages = stagesOf(await eventsOf({ method: 'daino', emaMomentum: 0.75, optimiser: 'sgd', weightDecay: 0 }, { lens: true }), 1)
    const change = stageAt(stages, 'change')
    expect(change.layers).toContain('prototypes')
    change.layers.forEach((name, i) => {
      // The first step of SGD is η times the gradient; prototypes go back on the sphere.
      if (name !== 'prototypes') expect(change.changes[i]! / (change.learningRate * change.gradients[i]!)).toBeCloseTo(1, 2)
      else expect(change.lengths[i]).toBeCloseTo(Math.sqrt(3), 4)
    })
    const { before, after, momentum, layers } = stageAt(stages, 'average')
    layers.forEach((name, i) => {
      expect(before[i]).toBeCloseTo(change.changes[i]!, 5)
      if (name !== 'prototypes') expect(after[i]! / before[i]!).toBeCloseTo(momentum, 2)
    })
  })
})
