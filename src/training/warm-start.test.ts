import { memory } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { createNetwork, type Network } from '../nn/network'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import type { Checkpoint } from './checkpoint'
import { StateKeeper } from './state-keeper'
import { checkWarmStart, layersOf, startWarm } from './warm-start'

beforeAll(() => connectNodeBackend('cpu'))

const TINY: Recipe = { ...DEFAULT_RECIPE, encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4 }
const made: Network[] = []
afterEach(() => made.splice(0).forEach((network) => network.dispose()))

function create(changes: Partial<Recipe> = {}, prototypes = 3): Network {
  const network = createNetwork({ ...TINY, ...changes }, prototypes)
  made.push(network)
  return network
}
async function savedOf(network: Network, teacher?: Network): Promise<Checkpoint> {
  return (await new StateKeeper(network, teacher).checkpoint({ recipe: TINY, step: 9 }))!
}
const valuesOf = async (network: Network) =>
  Object.fromEntries(await Promise.all(layersOf(network).map(async ({ name, value }) => [name, [...await value.data()]] as const)))
/** The parts whose values are those of another network. */
async function partsShared(network: Network, other: Network): Promise<string[]> {
  const [own, others] = [await valuesOf(network), await valuesOf(other)]
  const parts = new Set(Object.keys(own).map((name) => name.split('/')[0]!))
  return [...parts].filter((part) => Object.keys(own).filter((name) => name.split('/')[0] === part)
    .every((name) => JSON.stringify(own[name]) === JSON.stringify(others[name])))
}

describe('a warm start', () => {
  it('takes the encoder with its statistics, by choice the projector, and never the prototypes', async () => {
    const trained = create({ seed: 2 })
    trained.statistics[0]!.value.assign(trained.statistics[1]!.value)
    const checkpoint = await savedOf(trained)
    for (const [projector, parts] of [[false, ['encoder']], [true, ['encoder', 'projector']]] as const) {
      // With more prototypes than were saved: they are none of its business.
      const network = create({}, 5)
      const before = memory().numTensors
      startWarm([network], { checkpoint, projector })
      expect(memory().numTensors).toBe(before)
      expect(await partsShared(network, trained)).toEqual(parts)
    }
  })

  it('gives student and teacher the teacher’s layers', async () => {
    const [student, teacher, networks] = [create({ seed: 2 }), create({ seed: 3 }), [create(), create()]]
    startWarm(networks, { checkpoint: await savedOf(student, teacher), projector: true })
    for (const network of networks) expect(await partsShared(network, teacher)).toEqual(['encoder', 'projector'])
  })

  it('keeps to the way in which the checkpoint halves pictures, where there is one', async () => {
    const of = async (changes: Partial<Recipe>) => ({ ...await savedOf(create(changes)), recipe: { ...TINY, ...changes } })
    const start = (checkpoint: Checkpoint, changes: Partial<Recipe>) =>
      () => checkWarmStart({ ...checkpoint.recipe, ...changes }, { checkpoint, projector: false })
    const pooling = await of({ halving: 'pooling' })
    expect(start(pooling, {})).not.toThrow()
    expect(start(pooling, { halving: 'stride' })).toThrow(
      'its encoder halves pictures by pooling and this one by stride. To start from it, choose its halving (pooling).',
    )
    expect(start(await of({ encoder: 'resnet9' }), { halving: 'pooling' })).not.toThrow()
  })

  it.each<[Partial<Recipe>, boolean, string]>([
    [{ width: 4 }, false, 'The checkpoint has another architecture: its layer encoder/conv1/filter is 3×3×3×2 there and 3×3×3×4 here. To start from it, choose its encoder (conv4, width 2, halving stride).'],
    [{ encoder: 'resnet8' }, false, 'its layer encoder/stem/filter is only here. To start from it, choose its encoder (conv4, width 2, halving stride).'],
    [{ projectorWidth: 16 }, true, 'its layer projector/hidden is 16×8 there and 16×16 here. To start from it, choose its projector (width 8, feature size 4) or start without the projector.'],
    [{ featureSize: 8 }, true, 'its layer projector/output is 8×4 there and 8×8 here.'],
  ])('names the first layer that differs from a network of %j', async (changes, projector, sentence) => {
    const checkpoint = await savedOf(create())
    const network = create(changes)
    const before = await valuesOf(network)
    expect(() => startWarm([network], { checkpoint, projector })).toThrow(sentence)
    expect(await valuesOf(network)).toEqual(before)
    const tensors = memory().numTensors
    expect(() => checkWarmStart({ ...TINY, ...changes }, { checkpoint, projector })).toThrow(sentence)
    expect(memory().numTensors).toBe(tensors)
  })

  it('does not mind another projector that it does not take', async () => {
    checkWarmStart({ ...TINY, projectorWidth: 16 }, { checkpoint: await savedOf(create()), projector: false })
  })

  it('refuses a checkpoint with a layer more', async () => {
    const checkpoint = await savedOf(create())
    checkpoint.student.push({ name: 'encoder/conv5/filter', shape: [1], values: new Float32Array(1) })
    expect(() => checkWarmStart(TINY, { checkpoint, projector: false })).toThrow('its layer encoder/conv5/filter is only there.')
  })
})
