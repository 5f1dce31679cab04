import { blockUntilReady, defaultDevice, getWebGPUDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax'
import type { Contestant } from './contestant'
import { countCalls, type Counter } from './counts'
import type { Values, Workload } from './workload'

type Arrays = Record<string, np.Array>
interface State { parameters: Arrays; velocities: Arrays; statistics: Arrays }

/** As in nn/layers.ts. */
const EPSILON = 1e-5
const FRESHNESS = 0.1

/**
 * The same step of Suave, written in jax-js as its documentation advises: one `jit` around all of it, pictures and
 * filters in its layout (NCHW, OIHW). Every function owns its arguments; `.ref` keeps one for later.
 */
export async function jaxSuave(workload: Workload): Promise<{ contestant: Contestant; counter: Counter }> {
  if (!(await init('webgpu')).includes('webgpu')) throw new Error('jax-js finds no WebGPU here.')
  defaultDevice('webgpu')
  return { counter: countCalls(getWebGPUDevice()), contestant: contestantOf(workload) }
}

function contestantOf(workload: Workload): Contestant {
  const { recipe } = workload
  const { decays, ...first } = firstState(workload)
  const pictures = arrayOf(nchw(workload.views))
  const labels = arrayOf(workload.labels)

  const step = jit(({ parameters, velocities, statistics }: State, x: np.Array, classes: np.Array) => {
    const [[loss, fresh], gradients] = valueAndGrad(
      (learned: Arrays, x: np.Array, classes: np.Array) => suaveLoss(learned, x, classes, workload), { hasAux: true },
    )(tree.ref(parameters), x, classes) as unknown as [[np.Array, Arrays], Arrays]
    const moved: Arrays = {}
    const faster: Arrays = {}
    for (const [name, parameter] of Object.entries(parameters)) {
      const pull = decays[name] ? gradients[name]!.add(parameter.ref.mul(recipe.weightDecay)) : gradients[name]!
      faster[name] = velocities[name]!.mul(recipe.momentum).add(pull)
      const next = parameter.sub(faster[name].ref.mul(recipe.learningRate))
      moved[name] = name === 'prototypes' ? unitRows(next) : next
    }
    const followed = Object.fromEntries(Object.entries(statistics).map(([name, running]) =>
      [name, running.mul(1 - FRESHNESS).add(fresh[name]!.mul(FRESHNESS))]))
    return { parameters: moved, velocities: faster, statistics: followed, loss }
  })

  let state: State = first
  return {
    name: 'jax-js',
    note: 'one jit around the whole step',
    step() {
      const { loss, ...next } = step(state, pictures.ref, labels.ref) as State & { loss: np.Array }
      state = next
      const done = blockUntilReady(next).then(() => loss.data()).then(([value]) => Number(value))
      return { done }
    },
    dispose() {
      tree.dispose(state)
      pictures.dispose()
      labels.dispose()
      step.dispose()
    },
  }
}

/** The loss, and the batch’s mean and variance of every norm. */
function suaveLoss(
  learned: Arrays, x: np.Array, classes: np.Array, { recipe, prototypeCount }: Workload,
): [np.Array, Arrays] {
  const fresh: Arrays = {}
  const own = (name: string) => learned[name]!.ref
  const norm = (x: np.Array, name: string, active = true) => {
    const axes = x.ndim === 4 ? [0, 2, 3] : [0]
    const shape = x.ndim === 4 ? [1, x.shape[1]!, 1, 1] : [1, x.shape[1]!]
    const rows = x.size / x.shape[1]!
    const mean = np.mean(x.ref, axes, { keepdims: true })
    const centred = x.sub(mean.ref)
    const variance = np.mean(np.square(centred.ref), axes, { keepdims: true })
    fresh[`${name}/mean`] = lax.stopGradient(mean).reshape([-1])
    fresh[`${name}/variance`] = lax.stopGradient(variance.ref).reshape([-1]).mul(rows / (rows - 1))
    const scale = own(`${name}/gain`).reshape(shape).div(np.sqrt(variance.add(EPSILON)))
    const y = centred.mul(scale).add(own(`${name}/offset`).reshape(shape))
    return active ? nn.relu(y) : y
  }
  const convolve = (x: np.Array, name: string, stride: number) => lax.conv(x, own(`${name}/filter`), [stride, stride], 'SAME')
  const unit = (x: np.Array, name: string, stride: number) => norm(convolve(x, name, stride), name)
  const residual = (x: np.Array, name: string, stride: number) => {
    const shortcut = stride === 1 ? x.ref : norm(convolve(x.ref, `${name}/shortcut`, stride), `${name}/shortcut`, false)
    const inner = norm(convolve(unit(x, `${name}/first`, stride), `${name}/second`, 1), `${name}/second`, false)
    return nn.relu(inner.add(shortcut))
  }

  const encoded = residual(residual(residual(unit(x, 'encoder/stem', 1), 'encoder/block1', 1), 'encoder/block2', 2), 'encoder/block3', 2)
  const hidden = norm(np.matmul(np.mean(encoded, [2, 3]), own('projector/hidden')), 'projector')
  const features = unitRows(np.matmul(hidden, own('projector/output')))
  const scores = np.matmul(features, np.transpose(own('prototypes')))
  tree.dispose(learned)

  const [labelled, views] = [recipe.labelledBatch, recipe.unlabelledBatch]
  const detached = lax.stopGradient(scores.ref)
  const assigned = [labelled, labelled + views].map((start) =>
    sinkhorn(detached.ref.slice([start, start + views]), recipe.epsilon, recipe.sinkhornIterations))
  detached.dispose()
  const smoothed = classes.mul(1 - recipe.labelSmoothing).add(recipe.labelSmoothing / prototypeCount)
  const targets = np.concatenate([smoothed, assigned[1]!, assigned[0]!])
  const rowLosses = np.sum(targets.mul(nn.logSoftmax(scores.div(recipe.temperature))), 1).neg()
  const share = recipe.labelledWeighting === 'fixed' ? recipe.labelledWeight : labelled / (labelled + 2 * views)
  // Not two slices and their means: jax-js 0.1.25 doubles the gradient of slices within a jit.
  const weights = Float32Array.from({ length: labelled + 2 * views }, (_, row) =>
    row < labelled ? share / labelled : (1 - share) / (2 * views))
  return [np.sum(rowLosses.mul(np.array(weights))), fresh]
}

function unitRows(x: np.Array): np.Array {
  const length = np.sqrt(np.maximum(np.sum(np.square(x.ref), 1, { keepdims: true }), 1e-24))
  return x.div(length)
}

function sinkhorn(scores: np.Array, epsilon: number, iterations: number): np.Array {
  let log = scores.div(epsilon)
  for (let i = 0; i < iterations; i++) {
    log = log.ref.sub(nn.logsumexp(log, 0, { keepdims: true }))
    log = log.ref.sub(nn.logsumexp(log, 1, { keepdims: true }))
  }
  return np.exp(log)
}

function firstState({ parameters }: Workload): State & { decays: Record<string, boolean> } {
  const entries = Object.entries(parameters)
  const gains = entries.filter(([name]) => name.endsWith('/gain')).map(([name, { shape }]) => [name.slice(0, -'/gain'.length), shape] as const)
  return {
    parameters: Object.fromEntries(entries.map(([name, one]) => [name, arrayOf(one.shape.length === 4 ? oihw(one) : one)])),
    velocities: Object.fromEntries(entries.map(([name, one]) => [name, np.zeros((one.shape.length === 4 ? oihw(one) : one).shape)])),
    statistics: Object.fromEntries(gains.flatMap(([name, shape]) => [[`${name}/mean`, np.zeros(shape)], [`${name}/variance`, np.ones(shape)]])),
    decays: Object.fromEntries(entries.map(([name, { decays }]) => [name, decays])),
  }
}

function arrayOf({ shape, values }: Values): np.Array {
  return np.array(values as Float32Array<ArrayBuffer>, { shape })
}

const nchw = (pictures: Values): Values => transposed(pictures, [0, 3, 1, 2])
const oihw = (filter: Values): Values => transposed(filter, [3, 2, 0, 1])

/** The same numbers with the axes in another order. */
function transposed({ shape, values }: Values, order: readonly number[]): Values {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1))
  const target = order.map((axis) => shape[axis]!)
  const moved = values.map((_, at) => {
    let rest = at
    let source = 0
    for (let axis = target.length - 1; axis >= 0; axis--) {
      source += (rest % target[axis]!) * strides[order[axis]!]!
      rest = Math.floor(rest / target[axis]!)
    }
    return values[source]!
  })
  return { shape: target, values: moved }
}
