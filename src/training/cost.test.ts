import { getKernel, type TensorInfo } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { replaceKernel } from '../compute/kernels/replace-kernel'
import type { Recipe } from '../recipe/recipe'
import { DATA, NOTHING, TINY } from './tiny'
import { NOBODY, train } from './trainer'

/** Pictures that pass an encoder, by their side: every one goes through its first convolution once. */
const encoded = new Map<number, number>()
let restore = () => {}

beforeAll(async () => {
  await connectNodeBackend('wasm')
  const { kernelFunc } = getKernel('Conv2D', 'wasm')
  restore = replaceKernel('wasm', 'Conv2D', (call) => {
    const { x, filter } = call.inputs as unknown as Record<'x' | 'filter', TensorInfo>
    const [rows, side] = x.shape as [number, number]
    if (filter.shape[2] === 3) encoded.set(side, (encoded.get(side) ?? 0) + rows)
    return kernelFunc(call)
  })
})
afterAll(() => restore())
beforeEach(() => encoded.clear())

/** What one step encodes; an evaluation, which would follow, is not pulled. */
async function ofOneStep(changes: Partial<Recipe>): Promise<Record<number, number>> {
  const run = train({ ...TINY, unlabelledBatch: 8, labelledBatch: 4, smallViews: 2, smallViewSize: 8, ...changes }, DATA, NOBODY)
  await run.next()
  const found = Object.fromEntries(encoded)
  await run.return()
  return found
}

describe('a step encodes every view once, and no view that it does not need', () => {
  // 8 unlabelled pictures in 2 global and 2 small views, 4 labelled ones.
  it.each<[string, Partial<Recipe>, Record<number, number>]>([
    ['supervised: the labelled ones alone', { method: 'supervised' }, { 32: 4 }],
    ['Suave', { method: 'suave' }, { 32: 4 + 16, 8: 16 }],
    ['Suave without small views', { method: 'suave', smallViews: 0 }, { 32: 4 + 16 }],
    ['Suave with a queue: features are kept, not encoded anew', { method: 'suave', queueLength: 32 }, { 32: 4 + 16, 8: 16 }],
    ['Suave with a teacher', { method: 'suave', targetNetwork: 'teacher' }, { 32: 4 + 16 + 16, 8: 16 }],
    ['Suave with mixed pictures', { method: 'suave', labelledMixing: 'mixup', unlabelledMixing: 'cutmix' }, { 32: 2 * 4 + 16 + 8, 8: 16 }],
    ['Daino: the teacher sees the globals alone', { method: 'daino' }, { 32: 4 + 16 + 16, 8: 16 }],
    ['Daino without a teacher', { method: 'daino', targetNetwork: 'student' }, { 32: 4 + 16, 8: 16 }],
    ['SwAV: no labelled picture', { method: 'swav' }, { 32: 16, 8: 16 }],
    ['DINO: no labelled picture', { method: 'dino' }, { 32: 16 + 16, 8: 16 }],
    ['PAWS: 3 classes of 2 supports', { method: 'paws', supportsPerClass: 2 }, { 32: 6 + 16, 8: 16 }],
    ['S4L: one view in four rotations', { method: 's4l' }, { 32: 4 * (4 + 8) }],
    ['Suave with probes that learn along', { method: 'suave', probes: 'on' }, { 32: 4 + 16, 8: 16 }],
  ])('%s', async (_, changes, expected) => {
    expect(await ofOneStep(changes)).toEqual(expected)
  })
})

it.each<[Recipe['method'], Record<number, number>]>([
  ['suave', { 32: 4 + 16, 8: 16 }], ['s4l', { 32: 4 * (4 + 8) }], ['paws', { 32: 6 + 16, 8: 16 }],
])('the lens shows the step’s own look at the views, not another one: %s', async (method, expected) => {
  const controls = { ...NOBODY, watched: () => ({ ...NOTHING, lens: true }) }
  const changes = { method, unlabelledBatch: 8, labelledBatch: 4, supportsPerClass: 2, smallViews: 2, smallViewSize: 8 } as const
  for await (const event of train({ ...TINY, ...changes }, DATA, controls)) if (event.type === 'metrics') break
  expect(Object.fromEntries(encoded)).toEqual(expected)
})

describe('an evaluation encodes what it shows', () => {
  /** Of the evaluations after the first and after the last of two steps, the steps themselves left out. */
  async function ofEvaluations(changes: Partial<Recipe>): Promise<number[]> {
    const counts: number[] = []
    let before = 0
    for await (const event of train({ ...TINY, steps: 2, evaluateEvery: 1, ...changes }, DATA, NOBODY)) {
      const now = encoded.get(32)!
      if (event.type === 'evaluation') counts.push(now - before)
      before = now
    }
    return counts
  }

  // 6 test pictures, 18 training pictures, 6 of them labelled.
  it.each<[string, Partial<Recipe>, number[]]>([
    ['each test picture once', { method: 'suave' }, [6, 6]],
    ['and once more by the teacher', { method: 'daino' }, [12, 12]],
    ['the labelled pictures where they vote', { method: 'paws' }, [12, 12]],
    ['the training part for neighbours', { method: 'swav', neighbourAccuracy: 'always' }, [24, 24]],
    ['the training part at the end alone', { method: 'swav', neighbourAccuracy: 'end' }, [6, 24]],
    ['the training part once for neighbours and probe', { method: 'swav', neighbourAccuracy: 'end', finalProbe: 'on' }, [6, 24]],
    ['nothing more for probes that learn along', { method: 'suave', probes: 'on' }, [6, 6]],
  ])('%s', async (_, changes, expected) => {
    expect(await ofEvaluations(changes)).toEqual(expected)
  })
})
