import { tensor } from '@tensorflow/tfjs-core'
import { createNetwork, type Network } from '../nn/network'
import type { Parameter } from '../nn/parameters'
import { countsIn, type Recipe } from '../recipe/recipe'
import { CheckpointError, type Checkpoint, type LayerValues } from './checkpoint'

/** What a run starts from instead of random values. */
export interface WarmStart {
  checkpoint: Checkpoint
  /** Whether the projector goes along with the encoder. */
  projector: boolean
}

/**
 * Whether a network of this recipe can start so, without a trace.
 * @throws CheckpointError as `startWarm` does, and when the encoders halve pictures in different ways
 */
export function checkWarmStart(recipe: Recipe, warmStart: WarmStart): void {
  checkHalving(recipe, warmStart.checkpoint)
  const network = createNetwork(recipe, 1)
  try {
    startWarm([network], warmStart)
  } finally {
    network.dispose()
  }
}

/** Layers of the same shapes that halve pictures in another way see something else than what they were taught. */
function checkHalving(recipe: Recipe, { recipe: saved }: Checkpoint): void {
  if (recipe.encoder !== saved.encoder || recipe.halving === saved.halving || !countsIn('halving', recipe)) return
  throw new CheckpointError(
    `The checkpoint has another architecture: its encoder halves pictures by ${saved.halving} and this one by ${recipe.halving}. `
    + `To start from it, choose its halving (${saved.halving}).`,
  )
}

type Layer = Pick<Parameter, 'name' | 'value'>

/**
 * Gives networks the encoder of a checkpoint, by choice its projector, and never its prototypes, which start anew as in
 * the official code. A teacher’s layers are taken where there is one: they are the smoother ones.
 * @throws CheckpointError when the architectures differ, naming the first layer that does; nothing is changed then
 */
export function startWarm(networks: readonly Network[], { checkpoint, projector }: WarmStart): void {
  const taken = (name: string) => name.startsWith('encoder/') || (projector && name.startsWith('projector/'))
  const saved = (checkpoint.teacher ?? checkpoint.student).filter(({ name }) => taken(name))
  for (const network of networks) {
    const layers = layersOf(network).filter(({ name }) => taken(name))
    checkAgreement(layers, saved, checkpoint)
    const byName = new Map(saved.map((layer) => [layer.name, layer]))
    for (const { name, value } of layers) {
      const fresh = tensor(byName.get(name)!.values, value.shape)
      value.assign(fresh)
      fresh.dispose()
    }
  }
}

/** Parameters, then running statistics. */
export function layersOf({ parameters, statistics }: Network): Layer[] {
  return [...parameters, ...statistics]
}

function checkAgreement(layers: readonly Layer[], saved: readonly LayerValues[], { recipe }: Checkpoint): void {
  const shapes = new Map(saved.map(({ name, shape }) => [name, sizes(shape)]))
  const different = layers.find(({ name, value }) => shapes.get(name) !== sizes(value.shape))
  const names = new Set(layers.map(({ name }) => name))
  const surplus = saved.find(({ name }) => !names.has(name))
  const first = different ?? surplus
  if (!first) return

  const there = shapes.get(first.name)
  const here = different && sizes(different.value.shape)
  const difference = there && here ? `is ${there} there and ${here} here` : `is only ${there ? 'there' : 'here'}`
  const { encoder, width, halving, projectorWidth, featureSize } = recipe
  const halved = countsIn('halving', recipe) ? `, halving ${halving}` : ''
  const cure = first.name.startsWith('encoder/')
    ? `choose its encoder (${encoder}, width ${width}${halved})`
    : `choose its projector (width ${projectorWidth}, feature size ${featureSize}) or start without the projector`
  throw new CheckpointError(`The checkpoint has another architecture: its layer ${first.name} ${difference}. To start from it, ${cure}.`)
}

function sizes(shape: readonly number[]): string {
  return shape.join('×')
}
