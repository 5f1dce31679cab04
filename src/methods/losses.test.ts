import { concat, fill, grads, mean, mul, oneHot, stack, tensor1d, tensor2d, unstack, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { allValuesOf, expectClose, madeUp, referenceNumbers, valuesOf } from '../compute/trial'
import { balanced } from './assignment'
import { columnSums, entropy, matrix, rowOf } from './by-hand'
import { centredTargets, nextCentre, plainTargets } from './centring'
import vectors from './fixtures/clustering.json'
import { semiSupervisedLoss, smoothed, type Predictions } from './losses'
import { FeatureQueue } from './queue'

beforeAll(() => connectNodeBackend('cpu'))

const { centred, labelled, suaveTotal, dainoTotal, queue, swapped } = vectors
/** Labelled rows for tests that do not look at them. */
const ANY_LABELS = (): Predictions => ({ scores: madeUp([1, 3]), targets: tensor2d([[1, 0, 0]]) })

function labelsOf({ scores, labels, smoothing }: { scores: number[][]; labels: number[]; smoothing: number }): Predictions {
  return { scores: tensor2d(scores), targets: smoothed(oneHot(labels, 3) as Tensor2D, smoothing) }
}

describe('the labelled part', () => {
  it('smooths labels as the reference does', async () => {
    const targets = await valuesOf(() => smoothed(oneHot(labelled.labels, 3) as Tensor2D, 0.01))
    expectClose(targets, labelled.smoothedBy1Percent.flat(), 1e-6)
  })

  it('smooths mixed labels after they are mixed', async () => {
    const { labels, smoothedBy1Percent } = labelled.mixed
    expectClose(await valuesOf(() => smoothed(tensor2d(labels), 0.01)), smoothedBy1Percent.flat(), 1e-6)
  })

  it.each(labelled.losses)('is the reference’s with smoothing $smoothing', async ({ smoothing, loss }) => {
    const views = [madeUp([2, 3]), madeUp([2, 3], 2)]
    const [got] = await valuesOf(() => semiSupervisedLoss(
      { labelled: labelsOf({ ...labelled, smoothing }), views }, [madeUp([2, 3]), madeUp([2, 3])], labelled.temperature,
    ).labelledLoss!)
    expect(got).toBeCloseTo(loss, 4)
  })
})

describe('Daino', () => {
  const targets = () => centredTargets(tensor2d(centred.teacher.flat()), tensor1d(centred.centre), centred.teacherTemperature)

  it('centres, sharpens and moves its centre as the reference does', async () => {
    expectClose(await valuesOf(targets), centred.targets.flat(2), 1e-5)
    const centre = await valuesOf(() => nextCentre(tensor1d(centred.centre), tensor2d(centred.teacher.flat()), centred.centreMomentum))
    expectClose(centre, centred.centreAfter, 1e-6)
  })

  it.each(vectors.centreSteps)('lags behind a new mean as the reference does: momentum $momentum, $updates steps', async ({ momentum, updates, centre }) => {
    const [got] = await valuesOf(() => Array.from({ length: updates }).reduce<ReturnType<typeof tensor1d>>(
      (before) => nextCentre(before, tensor2d([[1]]), momentum), tensor1d([0]),
    ))
    expect(got).toBeCloseTo(centre, 5)
  })

  it.each(vectors.temperatureSweep)('is as sharp as the reference at the teacher temperature $temperature', async (expected) => {
    const scores = () => mul(referenceNumbers(32, 8, 7), 0.5) as Tensor2D
    const targets = await valuesOf(() => centredTargets(scores(), mean(scores(), 0), expected.temperature))
    const q = matrix(targets, 8)
    const rows = Array.from({ length: 32 }, (_, row) => rowOf(q, row))
    const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value) / values.length
    expect(meanOf(rows.map(entropy))).toBeCloseTo(expected.meanEntropy, 4)
    expect(entropy(columnSums(q).map((sum) => sum / 32))).toBeCloseTo(expected.entropyOfMean, 4)
    expect(meanOf(rows.map((row) => Math.max(...row)))).toBeCloseTo(expected.meanLargest, 4)
  })

  it('has the reference’s targets without a centre', async () => {
    const targets = await valuesOf(() => plainTargets(tensor2d(centred.teacher.flat()), centred.teacherTemperature))
    expectClose(targets, centred.withoutCentre.flat(2), 1e-5)
  })

  it.each([['two', centred.twoViews], ['three', centred.threeViews]] as const)('has the reference’s loss and gradients with %s views', async (_, expected) => {
    const scores = stack(centred.student.slice(0, expected.gradients.length).map((view) => tensor2d(view)))
    const [q0, q1] = centred.targets.map((view) => tensor2d(view)) as [Tensor2D, Tensor2D]
    const loss = (views: Tensor) =>
      semiSupervisedLoss({ views: unstack(views) as Tensor2D[] }, [q0, q1], centred.temperature).unlabelledLoss!
    const [value, gradient] = await allValuesOf(() => [loss(scores), ...grads((views) => loss(views))([scores])])
    expect(value![0]).toBeCloseTo(expected.loss, 4)
    expectClose(gradient!, expected.gradients.flat(2), 1e-4)
  })
})

describe('the whole', () => {
  it('is the reference’s for Daino, weighed by row counts', async () => {
    const [q0, q1] = centred.targets.map((view) => tensor2d(view)) as [Tensor2D, Tensor2D]
    const parts = await allValuesOf(() => Object.values(semiSupervisedLoss(
      { labelled: labelsOf(dainoTotal), views: centred.student.map((view) => tensor2d(view)) }, [q0, q1], centred.temperature,
    )))
    expectClose(parts.flat(), [dainoTotal.total, dainoTotal.unlabelled, dainoTotal.labelled], 1e-4)
  })

  it('is the reference’s for Suave, weighed by row counts', async () => {
    const threeViews = swapped[1]!
    const prototypes = vectors.prototypes
    const scores = threeViews.views.map((view) => tensor2d(view.map((feature) => prototypes.map((row) =>
      (feature[0]! * row[0]! + feature[1]! * row[1]!) / Math.hypot(feature[0]!, feature[1]!)))))
    const [q0, q1] = threeViews.targets.map((view) => tensor2d(view)) as [Tensor2D, Tensor2D]
    const parts = await allValuesOf(() => Object.values(
      semiSupervisedLoss({ labelled: labelsOf(suaveTotal), views: scores }, [q0, q1], threeViews.temperature),
    ))
    expectClose(parts.flat(), [suaveTotal.total, suaveTotal.unlabelled, suaveTotal.labelled], 1e-4)
  })

  it('weighs 64 labelled rows beside ten views of 64 as the released code does', async () => {
    const flat = (rows: number, best: number) => concat([fill([rows, 1], best), fill([rows, 1], 0)], 1) as Tensor2D
    const sure = fill([64, 2], 0.5) as Tensor2D
    const [loss, unlabelled, label] = await allValuesOf(() => Object.values(semiSupervisedLoss(
      { labelled: { scores: flat(64, 1), targets: sure }, views: Array.from({ length: 10 }, () => flat(64, 0)) }, [sure, sure], 0.1,
    )))
    expect((label![0]! - loss![0]!) / (label![0]! - unlabelled![0]!)).toBeCloseTo(0.909090909091, 5)
  })

  it('counts mixed pictures as pictures: of 384 rows 320 are views, 32 labelled and 32 mixed', async () => {
    const rows = (count: number, best: number) => concat([fill([count, 1], best), fill([count, 1], 0)], 1) as Tensor2D
    const even = (count: number) => fill([count, 2], 0.5) as Tensor2D
    const lossWith = async (view: number, label: number, mixed: number) => (await valuesOf(() => semiSupervisedLoss({
      labelled: { scores: rows(32, label), targets: even(32) }, views: Array.from({ length: 10 }, () => rows(32, view)),
      mixed: { scores: rows(32, mixed), targets: even(32) },
    }, [even(32), even(32)], 0.1).loss))[0]!
    const [nothing, ...alone] = [await lossWith(0, 0, 0), await lossWith(1, 0, 0), await lossWith(0, 1, 0), await lossWith(0, 0, 1), await lossWith(1, 1, 1)]
    const whole = alone.pop()! - nothing!
    expectClose(alone.map((loss) => (loss - nothing!) / whole), [0.833333333333, 0.083333333333, 0.083333333333], 1e-5)
  })

  it('is the unlabelled part alone when labels weigh nothing', async () => {
    const views = [madeUp([2, 3]), madeUp([2, 3], 2)]
    const [loss, unlabelled] = await allValuesOf(() => Object.values(
      semiSupervisedLoss({ labelled: ANY_LABELS(), views }, [madeUp([2, 3]), madeUp([2, 3])], 0.1, 0),
    ))
    expect(loss).toEqual(unlabelled)
  })

  it('is ln K where every prediction is even, whatever the targets', async () => {
    const even = fill([4, 10], 0.3) as Tensor2D
    const targets = oneHot([1, 2, 3, 4], 10) as Tensor2D
    const [loss] = await valuesOf(() => semiSupervisedLoss(
      { labelled: { scores: even, targets }, views: [even, even, even] }, [targets, targets], 0.1,
    ).loss)
    expect(loss).toBeCloseTo(Math.log(10), 5)
  })
})

describe('the queue', () => {
  const scores = () => tensor2d(queue.batch.map((feature) =>
    queue.prototypes.map((row) => feature[0]! * row[0]! + feature[1]! * row[1]!)))

  it('balances the batch together with what it holds, as the reference does', async () => {
    const joined = await valuesOf(() =>
      balanced(scores(), tensor2d(queue.prototypes), queue.epsilon, queue.iterations, tensor2d(queue.features)))
    const without = await valuesOf(() => balanced(scores(), tensor2d(queue.prototypes), queue.epsilon, queue.iterations))
    expectClose(joined, queue.withQueue.flat(), 1e-4)
    expectClose(without, queue.withoutQueue.flat(), 1e-4)
  })

  it('takes the newest in front and lets the oldest go', async () => {
    const features = new FeatureQueue(4, 2)
    features.push(tensor2d(queue.features))
    features.push(tensor2d(queue.batch))
    expectClose(await valuesOf(() => features.ready!.clone()), queue.afterPush.flat(), 1e-6)
    features.dispose()
  })

  it.each([
    { length: 480, batch: 32, pushes: 15 },
    { length: 512, batch: 64, pushes: 8 },
    { length: 5, batch: 2, pushes: 3 },
    { length: 3, batch: 4, pushes: 1 },
  ])('of $length is ready after $pushes batches of $batch', ({ length, batch, pushes }) => {
    const features = new FeatureQueue(length, 2)
    const readiness = Array.from({ length: pushes }, () => {
      features.push(fill([batch, 2], 0.5))
      return features.ready !== undefined
    })
    expect(readiness).toEqual([...Array<boolean>(pushes - 1).fill(false), true])
    features.dispose()
  })
})
