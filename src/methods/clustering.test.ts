import {
  argMax, concat, gather, grads, matMul, memory, mul, oneHot, split, stack, sum, tensor1d, tensor2d, tidy, unstack, variableGrads,
  type Scalar, type Tensor, type Tensor1D, type Tensor2D,
} from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectNodeBackend } from '../compute/connect-node'
import { allValuesOf, differences, expectClose, madeUp, valuesOf } from '../compute/trial'
import { createNetwork, type Network } from '../nn/network'
import { unitRows } from '../compute/unit-rows'
import { DEFAULT_RECIPE, type Recipe } from '../recipe/recipe'
import { balanced, type Globals } from './assignment'
import { clusteringLoss, createClustering, type LossSettings } from './clustering'
import vectors from './fixtures/clustering.json'
import type { Method, Views } from './method'
import { sinkhorn } from '../compute/sinkhorn'

beforeAll(() => connectNodeBackend('cpu'))

const UNLABELLED_ALONE: LossSettings = {
  temperature: 0.1, labelSmoothing: 0, labelledWeighting: 'fixed', labelledWeight: 0,
}

describe('the loss from features', () => {
  it.each(vectors.swapped)('is the reference’s, with its gradients: $name', async (one) => {
    const settings = { ...UNLABELLED_ALONE, temperature: one.temperature }
    const loss = (views: Tensor, prototypes: Tensor) => clusteringLoss({
      views: unstack(views) as Tensor2D[], prototypes: prototypes as Tensor2D,
    }, assignEach(one.epsilon, one.iterations), settings)
    const inputs = [stack(one.views.map((view) => tensor2d(view))), tensor2d(vectors.prototypes)] as const
    const [value, q0, q1, views, prototypes] = await allValuesOf(() => {
      const { losses, targets } = loss(...inputs)
      return [losses.loss, ...targets, ...grads((...leaves) => loss(leaves[0]!, leaves[1]!).losses.loss)([...inputs])]
    })
    expect(value![0]).toBeCloseTo(one.loss, 4)
    expectClose(q0!, one.targets[0]!.flat(), 1e-4)
    expectClose(q1!, one.targets[1]!.flat(), 1e-4)
    expectClose(views!, one.gradients.views.flat(2), 1e-4)
    expectClose(prototypes!, one.gradients.prototypes.flat(), 1e-4)
  })

  it('falls to the reference’s with hard codes in place of soft ones', async () => {
    const { views, epsilon, iterations, temperature } = vectors.swapped[0]!
    const hard = (globals: Globals) => oneHot(argMax(assignEach(epsilon, iterations)(globals), 1) as Tensor1D, 3) as Tensor2D
    const [loss] = await valuesOf(() => clusteringLoss({
      views: views.map((view) => tensor2d(view)), prototypes: tensor2d(vectors.prototypes),
    }, hard, { ...UNLABELLED_ALONE, temperature }).losses.loss)
    expect(loss).toBeCloseTo(vectors.hardCodesLoss, 4)
  })

  it('has the slope of its own differences in features and prototypes, targets held', async () => {
    const inputs = [madeUp([2, 3]), madeUp([3, 3, 3], 2), unitRows(madeUp([4, 3], 3))] as const
    const q = sinkhorn(madeUp([6, 4], 4), 0.3, 3)
    const loss = (labelled: Tensor, views: Tensor, prototypes: Tensor) => clusteringLoss({
      labelled: { features: labelled as Tensor2D, labels: oneHot([1, 3], 4) as Tensor2D },
      views: unstack(views) as Tensor2D[], prototypes: prototypes as Tensor2D,
    }, () => q.clone(), { temperature: 0.5, labelSmoothing: 0.1, labelledWeighting: 'rows', labelledWeight: 0 }).losses.loss
    const slopes = await allValuesOf(() => grads((...leaves) => loss(leaves[0]!, leaves[1]!, leaves[2]!))([...inputs]))
    for (const [i, input] of inputs.entries()) {
      const moved = (x: Tensor) => loss(...inputs.map((own, at) => (at === i ? x : own)) as [Tensor, Tensor, Tensor])
      expectClose(slopes[i]!, await differences(moved, input), 1e-3)
    }
  })

  it('sends no gradient into the targets', async () => {
    const views = [madeUp([4, 3]), madeUp([4, 3], 2)]
    const prototypes = unitRows(madeUp([3, 3], 3))
    const gradientWith = (assign: (globals: Globals) => Tensor2D) => valuesOf(() => grads((first, rows) => clusteringLoss({
      views: [first as Tensor2D, views[1]!], prototypes: rows as Tensor2D,
    }, assign, UNLABELLED_ALONE).losses.loss)([views[0]!, prototypes])[1]!)
    const constant = await valuesOf(() => assignEach(0.3, 3)(globalsOf(views, prototypes)))
    expectClose(await gradientWith(assignEach(0.3, 3)), await gradientWith(() => tensor2d(constant, [8, 3])), 1e-5)
  })

  it('assigns the same whatever the labelled rows and labels are', async () => {
    const targetsWith = (labelled: Tensor, classes: number[]) => valuesOf(() => concat(clusteringLoss({
      labelled: { features: labelled as Tensor2D, labels: oneHot(classes, 3) as Tensor2D },
      views: [madeUp([4, 3]), madeUp([4, 3], 2)], prototypes: unitRows(madeUp([3, 3], 3)),
    }, assignEach(0.05, 3), UNLABELLED_ALONE).targets))
    expect(await targetsWith(madeUp([2, 3], 7), [0, 1])).toEqual(await targetsWith(madeUp([2, 3], 8), [2, 2]))
  })

  it('does not change when the prototypes change places', async () => {
    const order = tensor1d([2, 0, 1], 'int32')
    const lossWith = (permute: (rows: Tensor2D) => Tensor2D) => valuesOf(() => clusteringLoss({
      views: [madeUp([4, 3]), madeUp([4, 3], 2)], prototypes: permute(unitRows(madeUp([3, 3], 3))),
    }, assignEach(0.05, 3), UNLABELLED_ALONE).losses.loss)
    expectClose(await lossWith((rows) => gather(rows, order)), await lossWith((rows) => rows), 1e-5)
  })
})

describe.each(['suave', 'daino'] as const)('%s on a tiny network', (name) => {
  const made: { dispose(): void }[] = []
  afterEach(() => made.splice(0).forEach((one) => one.dispose()))

  const tiny: Recipe = {
    ...DEFAULT_RECIPE, method: name, encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4, temperature: 0.3,
  }
  const create = (changes: Partial<Recipe> = {}): { student: Network; method: Method; recipe: Recipe } => {
    const recipe = { ...tiny, ...changes }
    const student = createNetwork(recipe, 3)
    const method = createClustering(name, recipe, 3)
    made.push(student, method)
    return { student, method, recipe }
  }

  it('assigns two views, one row for each picture, that sum to one', async () => {
    const { student, method, recipe } = create()
    const { targets, losses } = method.loss(student, someViews(), recipe)
    expect(targets!.assignments.shape).toEqual([4, 3])
    expect(targets!.scores.shape).toEqual([4, 3])
    const sums = await valuesOf(() => sum(targets!.assignments, 1))
    expectClose(sums, [1, 1, 1, 1], 1e-5)
    expect(Math.max(...(await valuesOf(() => targets!.scores)).map(Math.abs))).toBeLessThanOrEqual(1 + 1e-4)
    expect(await valuesOf(() => losses.loss)).toEqual([expect.any(Number)])
  })

  it('weighs the labelled part by the fixed weight or by its share of the rows', async () => {
    const partsWith = async (changes: Partial<Recipe>) => {
      const { student, method, recipe } = create(changes)
      const [loss, unlabelled, labelled] = await allValuesOf(() => {
        const { losses } = method.loss(student, someViews(2), recipe)
        return [losses.loss, losses.unlabelledLoss!, losses.labelledLoss!]
      })
      return (loss![0]! - unlabelled![0]!) / (labelled![0]! - unlabelled![0]!)
    }
    expect(await partsWith({ labelledWeighting: 'fixed', labelledWeight: 0.25 })).toBeCloseTo(0.25, 3)
    // Two labelled rows beside four views of four pictures.
    expect(await partsWith({ labelledWeighting: 'rows' })).toBeCloseTo(2 / 18, 3)
  })

  it('leaves the labels out when their weight is zero', async () => {
    const lossWith = async (classes: number[]) => {
      const { student, method, recipe } = create({ labelledWeight: 0 })
      return valuesOf(() => method.loss(student, { ...someViews(), labels: oneHot(classes, 3) as Tensor2D }, recipe).losses.loss)
    }
    expect(await lossWith([0, 1])).toEqual(await lossWith([2, 2]))
  })

  it('has gradients for the student alone, and leaves no tensor behind', () => {
    const { student, method, recipe } = create()
    const before = memory().numTensors
    const views = someViews(1)
    const { value, grads: gradients } = variableGrads(() => method.loss(student, views, recipe).losses.loss as Scalar)
    expect(Object.keys(gradients).filter((key) => gradients[key] !== null).sort())
      .toEqual(student.parameters.map((parameter) => parameter.value.name).sort())
    ;[value, ...Object.values(gradients), views.full, views.small!, views.labels].forEach((tensor) => tensor?.dispose())
    expect(memory().numTensors).toBe(before)
  })
})

describe('Daino’s teacher', () => {
  it('begins as the student and then follows it by one part in (1 − momentum), prototypes on the unit sphere', async () => {
    const recipe: Recipe = { ...DEFAULT_RECIPE, method: 'daino', encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4 }
    const student = createNetwork(recipe, 3)
    const method = createClustering('daino', recipe, 3)
    const teacher = method.teacher!
    const before = await allValuesOf(() => teacher.parameters.map(({ value }) => value.clone()))
    expect(await allValuesOf(() => student.parameters.map(({ value }) => value.clone()))).toEqual(before)

    tidy(() => student.parameters.forEach(({ value }) => value.assign(mul(value, 3))))
    method.afterStep(student, { ...recipe, emaMomentum: 0.75 })
    const after = await allValuesOf(() => teacher.parameters.map(({ value }) => value.clone()))
    teacher.parameters.forEach(({ name }, i) => {
      // m·θ + (1 − m)·3θ; three times a unit row keeps its direction.
      const expected = name === 'prototypes' ? before[i]! : before[i]!.map((value) => 1.5 * value)
      expectClose(after[i]!, expected, 1e-6)
    })
    student.dispose()
    method.dispose()
  })
})

describe('Suave’s queue', () => {
  it('joins the balancing from the step on at which it is full', async () => {
    const recipe: Recipe = {
      ...DEFAULT_RECIPE, method: 'suave', encoder: 'conv4', width: 2, projectorWidth: 8, featureSize: 4, queueLength: 8,
    }
    const student = createNetwork(recipe, 3)
    const methods = [recipe, { ...recipe, queueLength: 0 }].map((one) => ({ recipe: one, method: createClustering('suave', one, 3) }))
    const alike: boolean[] = []
    for (let step = 0; step < 3; step++) {
      const [queued, plain] = await Promise.all(methods.map(({ method, recipe: own }) =>
        valuesOf(() => method.loss(student, someViews(0, step), own).targets!.assignments)))
      alike.push(JSON.stringify(queued) === JSON.stringify(plain))
    }
    // Eight places, four pictures a step: full after two steps.
    expect(alike).toEqual([true, true, false])
    methods.forEach(({ method }) => method.dispose())
    student.dispose()
  })
})

/** Sinkhorn on each of the two globals. */
function assignEach(epsilon: number, iterations: number) {
  return ({ scores, prototypes }: Globals) => concat((split(scores, 2) as Tensor2D[])
    .map((view) => balanced(view, prototypes, epsilon, iterations))) as Tensor2D
}

function globalsOf(views: Tensor2D[], prototypes: Tensor2D): Globals {
  const features = unitRows(concat(views))
  return { features, scores: matMul(features, prototypes, false, true), prototypes }
}

/** Two labelled and four unlabelled made-up pictures, 8 pixels wide, and so many small views. */
function someViews(smallViews = 0, seed = 0): Views {
  return {
    full: madeUp([2 + 2 * 4, 8, 8, 3], 5 + seed),
    ...(smallViews > 0 && { small: madeUp([4 * smallViews, 4, 4, 3], 9) }),
    labels: oneHot([0, 2], 3) as Tensor2D,
    labelled: 2,
    unlabelled: 4,
  }
}
