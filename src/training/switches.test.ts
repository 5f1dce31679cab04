import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import type { Recipe } from '../recipe/recipe'
import type { TrainingEvent, Watch } from './events'
import { DATA, eventsOf, lossesOf, NOTHING, TINY } from './tiny'
import { train, type Save } from './trainer'

beforeAll(() => connectNodeBackend('wasm'))

/** Prototypes and encoder after every step, and what was told on the way. */
async function trace(changes: Partial<Recipe>, watch: Watch = NOTHING) {
  let save: Save | undefined
  const prototypes: number[][] = []
  const encoders: number[][] = []
  const events: TrainingEvent[] = []
  const controls = { takeChanges: () => ({}), watched: () => watch, takeSave: (taken: Save) => void (save = taken) }
  for await (const event of train({ ...TINY, ...changes }, DATA, controls)) {
    events.push(event)
    if (event.type !== 'metrics') continue
    const { student } = (await save!())!
    const valuesOf = (part: string) => student.filter(({ name }) => name.startsWith(part)).flatMap(({ values }) => [...values])
    prototypes.push(valuesOf('prototypes'))
    encoders.push(valuesOf('encoder/'))
  }
  return { prototypes, encoders, events }
}

const distance = (from: number[], to: number[]) => Math.max(...from.map((value, i) => Math.abs(value - to[i]!)))

describe('prototypes that are frozen at first', () => {
  it.each(['suave', 'swav', 'dino'] as const)('stand still for so many steps while %s learns, and then move', async (method) => {
    const { prototypes, encoders } = await trace({ method, frozenPrototypes: 2, steps: 4, optimiser: 'sgd' })
    // Rows that stand still are brought back to unit length all the same, which may cost the last bit.
    expect(distance(prototypes[0]!, prototypes[1]!)).toBeLessThan(1e-6)
    expect(distance(prototypes[1]!, prototypes[2]!)).toBeGreaterThan(1e-4)
    expect(distance(encoders[0]!, encoders[1]!)).toBeGreaterThan(1e-4)
  })

  it('can be looked at under the lens', async () => {
    const { events } = await trace({ frozenPrototypes: 4, steps: 2 }, { ...NOTHING, lens: true })
    expect(events.filter(({ type }) => type === 'stage').length).toBeGreaterThanOrEqual(6)
  })
})

describe('mixing', () => {
  it.each(['labelledMixing', 'unlabelledMixing'] as const)('as %s adds rows to the loss, leaves no tensor behind and can be repeated', async (name) => {
    const before = memory().numTensors
    const plain = lossesOf(await eventsOf({ steps: 3 }))
    const mixed = lossesOf(await eventsOf({ steps: 3, [name]: 'both' }))
    expect(mixed.every(Number.isFinite)).toBe(true)
    expect(mixed).not.toEqual(plain)
    expect(lossesOf(await eventsOf({ steps: 3, [name]: 'both' }))).toEqual(mixed)
    expect(memory().numTensors).toBe(before)
  })
})

it('Daino without a slow teacher has none to evaluate', async () => {
  const [evaluation] = (await eventsOf({ method: 'daino', targetNetwork: 'student' })).filter(({ type }) => type === 'evaluation')
  expect(evaluation).toBeDefined()
  expect(evaluation).not.toHaveProperty('teacherAccuracy')
})
