import { matMul, mean, memory, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { DevicePictures } from '../data/device-pictures'
import { PICTURE_BYTES } from '../data/picture-set'
import type { Network } from '../nn/network'
import { confusionOf } from './confusion'
import { examine, type Examination } from './evaluate'
import { LinearProbe } from './probes'

beforeAll(() => connectNodeBackend('wasm'))

const COUNT = 450
const NOTHING = { neighbours: false, frozenProbe: false }

/** Calls a picture by its brightest channel, and only in evaluation; its encoder sees the channels turned round. */
const brightest = {
  layers: ([views], mode) => tidy(() => {
    expect(mode).toBe('running')
    const features = mean(views!, [1, 2]) as Tensor2D
    const turned = matMul(features, tensor2d([[0, 1, 0], [0, 0, 1], [1, 0, 0]])) as Tensor2D
    return { backbone: turned, hidden: turned, features }
  }),
  scores: (features: Tensor2D) => features,
  prototypes: { shape: [3, 3] } as Network['prototypes'],
} satisfies Partial<Network> as Partial<Network> as Network

const classes = Uint8Array.from({ length: COUNT }, (_, i) => i % 3)
/** Pictures whose brightest channel is as said. */
function picturesOf(channels: Uint8Array, labels = classes): DevicePictures {
  const pixels = Uint8Array.from({ length: COUNT * PICTURE_BYTES }, (_, i) => (i % 3 === channels[Math.floor(i / PICTURE_BYTES)] ? 200 : 100))
  return new DevicePictures({ pixels, labels })
}

describe('an evaluation', () => {
  let examination: Examination
  beforeAll(() => {
    const statistics = { mean: [0.5, 0.5, 0.5], deviation: [0.2, 0.2, 0.2] } as const
    // Of each nine test pictures the last shows another channel than its class.
    const shown = classes.map((label, i) => (i % 9 === 8 ? (label + 1) % 3 : label))
    examination = {
      test: { pictures: picturesOf(shown), statistics: { mean: [...statistics.mean], deviation: [...statistics.deviation] } },
      train: { pictures: picturesOf(classes), statistics: { mean: [...statistics.mean], deviation: [...statistics.deviation] } },
      classCount: 3, named: true, seed: 1, fixed: Int32Array.of(0, 8),
    }
  })
  afterAll(() => {
    examination.test.pictures.dispose()
    examination.train.pictures.dispose()
  })

  it('counts over all chunks which prototype wins the pictures of which class', async () => {
    const before = memory().numTensors
    const { measures } = (await examine(brightest, examination, NOTHING))!
    expect(Object.keys(measures).sort()).toEqual(['accuracy', 'classAccuracies', 'clusterAccuracy', 'confusion'])
    expect(measures.accuracy).toBeCloseTo(8 / 9, 6)
    expect(measures.clusterAccuracy).toBeCloseTo(8 / 9, 6)
    expect([...measures.confusion]).toEqual([150, 0, 0, 0, 150, 0, 50, 0, 100])
    expect([...measures.classAccuracies].map((share) => share.toFixed(3))).toEqual(['1.000', '1.000', '0.667'])
    expect(memory().numTensors).toBe(before)
  })

  it('answers to each picture with its likeliest prototypes, in the same read', async () => {
    const before = memory().numTensors
    const plain = (await examine(brightest, examination, NOTHING))!
    expect(plain.answers).toBeUndefined()
    const { measures, answers } = (await examine(brightest, examination, { ...NOTHING, answers: { temperature: 0.5 } }))!
    expect(measures).toEqual(plain.measures)
    expect([answers!.prototypes, answers!.ranks, answers!.ranking.length]).toEqual([3, 3, COUNT * 3])
    // Picture 8, of class 2, shows channel 0: 200 there and 100 elsewhere, that is (200/255 − 0.5) / 0.2 and so on.
    const winner = Math.exp((200 / 255 - 0.5) / 0.2 / 0.5)
    const other = Math.exp((100 / 255 - 0.5) / 0.2 / 0.5)
    const total = winner + 2 * other
    expect([...answers!.ranking.subarray(24, 27)]).toEqual([0, 1, 2])
    const shares = [winner, other, other].map((power) => power / total)
    answers!.probabilities.subarray(24, 27).forEach((share, rank) => expect(share).toBeCloseTo(shares[rank]!, 5))
    // All probabilities of the fixed pictures 0 and 8, both of channel 0.
    expect(answers!.fixed).toHaveLength(6)
    answers!.fixed.forEach((share, i) => expect(share).toBeCloseTo(shares[i % 3]!, 5))
    expect([...answers!.bestNaming]).toEqual([0, 1, 2])
    const winners = Array.from({ length: COUNT }, (_, i) => answers!.ranking[3 * i]!)
    expect([...confusionOf(winners, classes, 3, 3).counts]).toEqual([...measures.confusion])
    expect(memory().numTensors).toBe(before)
  })

  it('tells prototypes that are nameless from prototypes that are wrong', async () => {
    const turned: Network = { ...brightest, scores: (features) => matMul(features, tensor2d([[0, 1, 0], [0, 0, 1], [1, 0, 0]])) }
    const { measures: named } = (await examine(turned, examination, NOTHING))!
    expect(named.accuracy).toBeLessThan(0.15)
    expect(named.clusterAccuracy).toBeCloseTo(8 / 9, 6)
    expect(named.classAccuracies[0]).toBe(0)
    const { measures: nameless } = (await examine(turned, { ...examination, named: false }, NOTHING))!
    expect(nameless.classAccuracies[0]).toBe(1)
  })

  it('gives a prototype that takes everything its class’s share', async () => {
    const stubborn: Network = { ...brightest, scores: (features) => tensor2d(Array.from({ length: features.shape[0] }, () => [1, 0, 0])) }
    expect(await examine(stubborn, examination, NOTHING)).toMatchObject({ measures: { accuracy: expect.closeTo(1 / 3, 6), clusterAccuracy: expect.closeTo(1 / 3, 6) } })
  })

  it('gives up when a score is no number', async () => {
    const broken: Network = { ...brightest, scores: (features) => matMul(features, tensor2d([[1, 0, 0], [0, NaN, 0], [0, 0, 1]])) }
    expect(await examine(broken, examination, NOTHING)).toBeUndefined()
  })

  it('reads the features by neighbours and by probes, when asked', async () => {
    const before = memory().numTensors
    const probes = { backbone: new LinearProbe(3, 3), projector: new LinearProbe(3, 3) }
    const { measures } = (await examine(brightest, examination, { neighbours: true, frozenProbe: true, probes }))!
    // The features say which channel is brightest; that is the class but for each ninth picture.
    expect(measures.neighbourAccuracy).toBeCloseTo(8 / 9, 6)
    expect(measures.linearProbeAccuracy).toBeCloseTo(8 / 9, 6)
    // A probe that has learned nothing says class 0 to everything.
    expect(measures.backboneProbeAccuracy).toBeCloseTo(1 / 3, 6)
    expect(measures.projectorProbeAccuracy).toBeCloseTo(1 / 3, 6)
    probes.backbone.dispose()
    probes.projector.dispose()
    expect(memory().numTensors).toBe(before)
  })
})
