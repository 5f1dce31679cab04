import {
  add, fill, matMul, memory, mul, slice, sum, tidy, variableGrads, type Scalar, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { allValuesOf, expectClose, madeUp, onCpu, valuesOf } from '../compute/trial'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { createNetwork, type Network } from './network'
import type { Mode } from './layers'

beforeAll(() => connectNodeBackend('wasm'))

const ENCODERS = [
  { encoder: 'conv4', halving: 'stride' }, { encoder: 'conv4', halving: 'pooling' },
  { encoder: 'resnet8', halving: 'stride' }, { encoder: 'resnet8', halving: 'pooling' },
  { encoder: 'resnet9', halving: 'stride' },
] as const satisfies Partial<Recipe>[]

const made: Network[] = []
afterEach(() => made.splice(0).forEach((network) => network.dispose()))

const SMALL: Recipe = { ...DEFAULT_RECIPE, width: 2, projectorWidth: 8, featureSize: 4 }

function create(changes: Partial<Recipe>): Network {
  const network = createNetwork({ ...SMALL, ...changes }, 3)
  made.push(network)
  return network
}

const project = (network: Network, batches: Tensor4D[], mode: Mode) => valuesOf(() => network.project(batches, mode))
const parametersOf = (network: Network) => allValuesOf(() => network.parameters.map(({ value }) => value.clone()))
/** What the network makes of a picture with its running statistics, which is all that shows them. */
const evaluated = (network: Network) => project(network, [madeUp([2, 8, 8, 3], 9)], 'running')

describe.each(ENCODERS)('a network with $encoder, halving by $halving,', (encoder) => {
  it('gives one feature for each picture of any size, 8 pixels too', () => {
    const network = create(encoder)
    const shape = tidy(() => network.project([madeUp([3, 32, 32, 3]), madeUp([2, 8, 8, 3])], 'batch').shape)
    expect(shape).toEqual([5, 4])
  })

  it('starts with the same values from the same seed alone', async () => {
    const first = await parametersOf(create(encoder))
    expect(await parametersOf(create(encoder))).toEqual(first)
    expect(await parametersOf(create({ ...encoder, seed: 2 }))).not.toEqual(first)
  })

  it('evaluates each picture alone, the same every time', async () => {
    const network = create(encoder)
    await project(network, [madeUp([4, 8, 8, 3])], 'batch')
    const pictures = madeUp([3, 8, 8, 3], 2)
    const all = await project(network, [pictures], 'running')
    expect(await project(network, [pictures], 'running')).toEqual(all)
    expectClose(await project(network, [slice(pictures, [1, 0, 0, 0], [1, 8, 8, 3])], 'running'), all.slice(4, 8), 1e-5)
  })

  it('moves its running statistics with batches, and with nothing else', async () => {
    const network = create(encoder)
    const before = await evaluated(network)
    await project(network, [madeUp([4, 8, 8, 3])], 'unobserved')
    await project(network, [madeUp([4, 8, 8, 3])], 'running')
    expect(await evaluated(network)).toEqual(before)
    await project(network, [madeUp([4, 8, 8, 3])], 'batch')
    expect(await evaluated(network)).not.toEqual(before)
  })

  it('has gradients as on the CPU, small views included', async () => {
    const compute = () => {
      const network = createNetwork({ ...SMALL, ...encoder }, 3)
      const { value, grads } = variableGrads(() => weighted(network, [madeUp([4, 16, 16, 3]), madeUp([4, 8, 8, 3], 2)]))
      return [value, ...network.parameters.map((parameter) => grads[parameter.value.name]!)]
    }
    const [got, expected] = [await allValuesOf(compute), await onCpu('wasm', compute)]
    expected.forEach((values, i) => expectClose(got[i]!, values, 2e-3))
  })

  it('gives everything back', () => {
    const before = memory().numTensors
    createNetwork({ ...SMALL, ...encoder }, 3).dispose()
    expect(memory().numTensors).toBe(before)
  })
})

it.each(['conv4', 'resnet8'] as const)('the gradient of a whole %s has the slope of its differences', async (encoder) => {
  // With the stride, that is: a maximum has more corners than a difference can avoid.
  const network = create({ encoder })
  // Far from the corners of ReLU, where a difference has no meaning.
  for (const { name, value } of network.parameters) if (name.endsWith('/offset')) value.assign(fill(value.shape, 3))
  const pictures = madeUp([8, 16, 16, 3])
  const loss = () => weighted(network, [pictures])
  const { value, grads } = variableGrads(loss)
  value.dispose()
  for (const [i, { name, value: parameter }] of network.parameters.entries()) {
    const direction = madeUp(parameter.shape, i)
    const first = parameter.clone()
    const at = async (shift: number) => {
      tidy(() => parameter.assign(add(first, mul(direction, shift))))
      return (await valuesOf(loss))[0]!
    }
    const [expected] = await valuesOf(() => sum(mul(grads[parameter.name]!, direction)))
    const slope = (await at(2e-3) - await at(-2e-3)) / 4e-3
    parameter.assign(first)
    expect(Math.abs(slope - expected!) / Math.max(1, Math.abs(expected!)), name).toBeLessThan(0.02)
  }
})

it.each(['conv4', 'resnet8'] as const)('%s has the same parameters however it halves pictures, and makes something else of them', async (encoder) => {
  const [stride, pooling] = [create({ encoder }), create({ encoder, halving: 'pooling' })]
  expect(await parametersOf(pooling)).toEqual(await parametersOf(stride))
  expect(await evaluated(pooling)).not.toEqual(await evaluated(stride))
})

it('scores are cosines, and prototypes return to the unit sphere', async () => {
  const network = create({ encoder: 'conv4' })
  tidy(() => network.prototypes.assign(mul(network.prototypes, 7)))
  network.normalisePrototypes()
  const [lengths, self] = await allValuesOf(() => [
    sum(mul(network.prototypes, network.prototypes), 1),
    network.scores(mul(network.prototypes, 5) as Tensor2D),
  ])
  expectClose(lengths!, [1, 1, 1], 1e-5)
  expectClose([self![0]!, self![4]!, self![8]!], [1, 1, 1], 1e-5)
  expectClose(self!, await valuesOf(() => matMul(network.prototypes, network.prototypes, false, true)), 1e-5)
})

it('weights decay; gains, offsets and prototypes do not', () => {
  const decays = new Map(create({ encoder: 'resnet8' }).parameters.map(({ name, decays: is }) => [name, is]))
  expect(decays.get('encoder/stem/filter')).toBe(true)
  expect(decays.get('projector/hidden')).toBe(true)
  expect(decays.get('encoder/stem/gain')).toBe(false)
  expect(decays.get('projector/offset')).toBe(false)
  expect(decays.get('prototypes')).toBe(false)
})

/** A number that every parameter has a part in. */
function weighted(network: Network, batches: Tensor4D[]): Scalar {
  const scores = network.scores(network.project(batches, 'batch'))
  return sum(mul(scores, madeUp(scores.shape, 3)))
}
