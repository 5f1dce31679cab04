import { add, conv2d, max, mean, memory, mul, relu, reshape, tensor2d, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { allValuesOf, expectClose, madeUp, valuesOf } from '../compute/trial'
import { randomStream } from '../data/random'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { createEncoder } from './encoders'
import { norm } from './layers'
import { ParameterStore } from './parameters'

beforeAll(() => connectNodeBackend('cpu'))

const builder = () => ({ store: new ParameterStore(), random: randomStream(1, 'layers') })

describe('the running statistics', () => {
  const x = () => tensor2d([[1, 10], [3, 10], [5, 40], [7, 0]])

  it('take a tenth of the batch’s mean and of the population’s variance', async () => {
    const own = builder()
    const normalise = norm<Tensor2D>(own, 'norm', 2)
    await valuesOf(() => normalise(x(), 'batch'))
    own.store.settle()
    const [mean, variance] = await allValuesOf(() => own.store.statistics.map(({ value }) => value.clone()))
    expectClose(mean!, [0.4, 1.5], 1e-6)
    // 0.9 + 0.1 · Σ(x − mean)²/(n − 1)
    expectClose(variance!, [0.9 + 0.1 * (20 / 3), 0.9 + 0.1 * (900 / 3)], 1e-6)
    own.store.dispose()
  })

  it('that have not settled when their network goes leave nothing behind', async () => {
    const before = memory().numTensors
    const own = builder()
    await valuesOf(() => norm<Tensor2D>(own, 'norm', 2)(x(), 'batch'))
    own.store.dispose()
    expect(memory().numTensors).toBe(before)
  })

  it('evaluate like the batch they have settled on', async () => {
    const own = builder()
    const normalise = norm<Tensor2D>(own, 'norm', 2, false)
    const large = () => add(mul(madeUp([200, 2]), 3), 5) as Tensor2D
    for (let i = 0; i < 120; i++) {
      await valuesOf(() => normalise(large(), 'batch'))
      own.store.settle()
    }
    const [trained, evaluated] = await allValuesOf(() => [normalise(large(), 'unobserved'), normalise(large(), 'running')])
    expectClose(evaluated!, trained!, 1e-2)
    own.store.dispose()
  })
})

it('small views leave the encoder’s statistics alone', async () => {
  const own = builder()
  const { encode } = createEncoder(own, { encoder: 'conv4', halving: 'stride', width: 2 })
  const statistics = () => allValuesOf(() => own.store.statistics.map(({ value }) => value.clone()))
  const before = await statistics()
  await valuesOf(() => encode(madeUp([2, 8, 8, 3]), 'unobserved'))
  own.store.settle()
  expect(await statistics()).toEqual(before)
  await valuesOf(() => encode(madeUp([2, 8, 8, 3]), 'batch'))
  own.store.settle()
  const after = await statistics()
  after.forEach((values, i) => expect(values).not.toEqual(before[i]))
  own.store.dispose()
})

it('Conv-4 by pooling keeps the largest of each four places between its convolutions', async () => {
  const own = builder()
  const { encode } = createEncoder(own, { encoder: 'conv4', halving: 'pooling', width: 2 })
  const filters = own.store.parameters.filter(({ name }) => name.endsWith('/filter')).map(({ value }) => value as unknown as Tensor4D)
  const [got, expected] = await allValuesOf(() => {
    const pictures = madeUp([2, 16, 16, 3])
    const last = filters.reduce((x: Tensor4D, filter, i) => {
      const y = relu(conv2d(x, filter, 1, 'same'))
      const [rows, side, , channels] = y.shape
      return i === filters.length - 1 ? y : max(reshape(y, [rows, side / 2, 2, side / 2, 2, channels]), [2, 4]) as Tensor4D
    }, pictures)
    return [encode(pictures, 'running'), mean(last, [1, 2])]
  })
  expectClose(got!, expected!, 1e-3)
  own.store.dispose()
})

it.each(['conv4', 'resnet8', 'resnet9'] as const)('%s names each parameter once and says how wide its features are', (name) => {
  const before = memory().numTensors
  const own = builder()
  const { size } = createEncoder(own, { ...DEFAULT_RECIPE, encoder: name })
  const names = own.store.parameters.map((parameter) => parameter.name)
  expect(new Set(names).size).toBe(names.length)
  expect(size).toBe({ conv4: 128, resnet8: 64, resnet9: 128 }[name])
  own.store.dispose()
  expect(memory().numTensors).toBe(before)
})
