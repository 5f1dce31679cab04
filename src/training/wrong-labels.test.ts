import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { writeLabelEdits } from '../recipe/label-edits'
import type { Recipe } from '../recipe/recipe'
import type { Evaluation, TrainingEvent } from './events'
import { DATA, eventsOf, NOTHING } from './tiny'
import { NOBODY, type TrainingData } from './trainer'

beforeAll(() => connectNodeBackend('wasm'))

/** Every label says the class after the true one. */
const SHIFTED: TrainingData = { ...DATA, split: { ...DATA.split, taught: DATA.split.taught.map((label) => (label + 1) % 3) } }

const lastOf = (events: TrainingEvent[]) => events.filter((event): event is Evaluation => event.type === 'evaluation').at(-1)!
const lastWith = async (changes: Partial<Recipe>, data: TrainingData) => lastOf(await eventsOf({ steps: 60, ...changes }, data))

describe('labels that are wrong', () => {
  it('vote as they are: of PAWS the test accuracy is that of what it was told', async () => {
    expect((await lastWith({ method: 'paws', steps: 4 }, DATA)).testAccuracy).toBe(1)
    expect((await lastWith({ method: 'paws', steps: 4 }, SHIFTED)).testAccuracy).toBe(0)
  })

  it('teach the probes as they are', async () => {
    const settings = { method: 'supervised', probes: 'on' } as const
    expect((await lastWith(settings, DATA)).student.backboneProbeAccuracy).toBe(1)
    expect((await lastWith(settings, SHIFTED)).student.backboneProbeAccuracy).toBe(0)
  })

  it('or taken away during the run vote no longer', async () => {
    // Only the pictures of the first two classes keep a label, so that none votes for the third.
    const { origins, classes } = DATA.split.pool
    const labels = writeLabelEdits({ given: new Set(), taken: new Set(origins.filter((_, i) => classes[i] === 2)) })
    const changes = [{}, { labels }]
    const controls = { ...NOBODY, takeChanges: () => changes.shift() ?? {}, watched: () => NOTHING }
    const { student } = lastOf(await eventsOf({ method: 'paws' }, DATA, controls))
    expect([...student.classAccuracies]).toEqual([1, 1, 0])
  })
})
