import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { DevicePictures } from '../data/device-pictures'
import { PICTURE_BYTES } from '../data/picture-set'
import { splitPictures } from '../data/split'
import { writeLabelEdits } from '../recipe/label-edits'
import { DEFAULT_RECIPE, type Changes, type Recipe } from '../recipe/recipe'
import { ViewDealer } from './step-views'
import { train } from './trainer'

beforeAll(() => connectNodeBackend('wasm'))

const RECIPE: Recipe = {
  ...DEFAULT_RECIPE, method: 'supervised', encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4,
  trainSize: 18, testSize: 6, labelsPerClass: 2, labelledBatch: 6, steps: 8, warmup: 0, metricsEvery: 1, evaluateEvery: 100,
}
const set = (count: number) => ({
  pixels: Uint8Array.from({ length: count * PICTURE_BYTES }, (_, i) => ((i * 37) ^ (i >> 9)) & 255),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 3),
})
const split = splitPictures({ dataset: 'shapes', classNames: ['a', 'b', 'c'], train: set(18), test: set(6) }, RECIPE)
/** Leaves the labels of class 2 alone. */
const onlyLast = writeLabelEdits({ given: new Set(), taken: new Set(split.pool.origins.filter((origin) => origin % 3 !== 2)) })

describe('labels that change during a run', () => {
  it('are those of the very next batch', async () => {
    const pictures = new DevicePictures(split.train)
    const dealer = new ViewDealer(pictures, split, 3, { labelled: 'batch', globals: 0, small: false, mixing: false }, 1)
    const classes = async () => {
      const { views } = dealer.deal(RECIPE)
      const rows = await views.labels.array()
      views.full.dispose()
      views.labels.dispose()
      return rows.map((row) => row.indexOf(1))
    }
    expect((await classes()).sort()).toEqual([0, 0, 1, 1, 2, 2])
    dealer.relabel({ ...RECIPE, labels: onlyLast })
    expect(await classes()).toEqual([2, 2, 2, 2, 2, 2])
    dealer.relabel({ ...RECIPE, labels: onlyLast, labelNoise: 0.9 })
    expect((await classes()).some((label) => label !== 2)).toBe(true)
    // The last labels stay when all are taken.
    dealer.relabel({ ...RECIPE, labels: '_1*i' })
    expect((await classes())).toHaveLength(6)
    dealer.relabel(RECIPE)
    expect((await classes()).sort()).toEqual([0, 0, 1, 1, 2, 2])
    pictures.dispose()
  })

  it('reach the learner with the step after they are applied, and cost no tensor', async () => {
    const changes: Changes[] = [{}, {}, {}, { labels: onlyLast }]
    const controls = { takeChanges: () => changes.shift() ?? {}, watched: () => ({ assignments: 0, snapshot: false, answers: false, lens: false }) }
    const before = memory().numTensors
    const losses = async (live: boolean) => {
      const found: number[] = []
      const applied: number[] = []
      for await (const event of train(RECIPE, { split, classCount: 3 }, live ? controls : undefined)) {
        if (event.type === 'metrics') found.push(event.metrics.labelledLoss)
        if (event.type === 'applied') applied.push(event.step)
      }
      return { found, applied }
    }
    const plain = await losses(false)
    const changed = await losses(true)
    expect(changed.applied).toEqual([3])
    expect(changed.found.slice(0, 3)).toEqual(plain.found.slice(0, 3))
    expect(changed.found[3]).not.toBe(plain.found[3])
    expect(memory().numTensors).toBe(before)
  })
})
