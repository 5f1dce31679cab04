import { memory, tensor1d, tensor2d, tidy, variableGrads, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { madeUp, valuesOf } from '../compute/trial'
import { DEFAULT_RECIPE } from '../recipe/recipe'
import { randomStream } from '../data/random'
import { createSupervised } from '../methods/supervised'
import { createNetwork, type Layers } from '../nn/network'
import { LinearProbe, teachFrozenProbe } from './probes'
import { observed } from './observe'

beforeAll(() => connectNodeBackend('wasm'))

/** Points round three corners, far from the origin and of unlike size in their two dimensions. */
function corners(count: number, seed: number) {
  const noise = randomStream(seed, 'corners').normal(2 * count)
  const labels = Array.from({ length: count }, (_, i) => i % 3)
  const corner = [[0, 0], [2, 0], [0, 2]]
  const rows = labels.map((label, i) => [100 + corner[label]![0]! + 0.2 * noise[2 * i]!, 0.01 * (corner[label]![1]! + 0.2 * noise[2 * i + 1]!)])
  return { features: () => tensor2d(rows), labels }
}

const shareOf = (answers: number[], labels: number[]) => answers.filter((answer, i) => answer === labels[i]).length / labels.length

describe('a linear probe', () => {
  it('learns what is linear, and frees what it took', async () => {
    const before = memory().numTensors
    const probe = new LinearProbe(2, 3)
    const rows = tensor2d([[0, 0], [1, 0], [0, 1]])
    const labels = tensor1d([0, 1, 2], 'int32')
    for (let step = 0; step < 200; step++) probe.learn(rows, labels, 0.5)
    expect(await valuesOf(() => probe.answers(rows))).toEqual([0, 1, 2])
    for (const tensor of [rows, labels]) tensor.dispose()
    probe.dispose()
    expect(memory().numTensors).toBe(before)
  })

  it('takes a gradient step on the plain cross-entropy', async () => {
    const probe = new LinearProbe(1, 2)
    // From zero weights p = 1/2: the gradient of the class’s score is −1/2, times the feature 3.
    tidy(() => probe.learn(tensor2d([[3]]), tensor1d([1], 'int32'), 0.1))
    const scores = await valuesOf(() => (probe as unknown as { scores(x: Tensor): Tensor }).scores(tensor2d([[1]])))
    expect(scores[1]).toBeCloseTo(0.1 * (1.5 + 0.5), 5)
    expect(scores[0]).toBeCloseTo(-0.1 * (1.5 + 0.5), 5)
    probe.dispose()
  })
})

it('a frozen probe learns features of any size and place, the same from the same seed', async () => {
  const [train, test] = [corners(300, 1), corners(90, 2)]
  const taught = () => tidy(() => {
    const probe = teachFrozenProbe({ features: train.features(), labels: tensor1d(train.labels, 'int32'), classCount: 3 }, 1)
    return probe.answers(test.features())
  })
  const answers = await valuesOf(taught)
  expect(shareOf(answers, test.labels)).toBeGreaterThan(0.97)
  expect(await valuesOf(taught)).toEqual(answers)
})

it('being observed and probed changes no gradient of the network', async () => {
  const network = createNetwork({ ...DEFAULT_RECIPE, encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4 }, 3)
  const method = createSupervised()
  const views = {
    full: madeUp([4, 8, 8, 3]),
    labels: tensor2d([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]), labelled: 4, unlabelled: 0,
  }
  const gradientsOf = async (probed: boolean) => {
    const { network: student, seen } = probed ? observed(network) : { network, seen: (): Partial<Layers> => ({}) }
    const { grads, value } = variableGrads(() => method.loss(student, views, DEFAULT_RECIPE).losses.loss as Scalar, network.parameters.map((p) => p.value))
    const layers = seen()
    if (probed) {
      const probe = new LinearProbe(layers.hidden!.shape[1], 3)
      for (let step = 0; step < 5; step++) tidy(() => probe.learn(layers.hidden!, tensor1d([0, 1, 2, 0], 'int32'), 1))
      probe.dispose()
    }
    const values = await Promise.all(network.parameters.map(async ({ value: { name } }) => [...await grads[name]!.data()]))
    for (const tensor of [value, ...Object.values(grads), ...Object.values(layers)]) tensor.dispose()
    return values
  }
  const before = memory().numTensors
  const plain = await gradientsOf(false)
  expect(await gradientsOf(true)).toEqual(plain)
  expect(memory().numTensors).toBe(before)
  expect(plain.flat().some((slope) => slope !== 0)).toBe(true)
  network.dispose()
})
