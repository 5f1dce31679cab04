import { concat, reshape, tidy, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core'
import type { Network } from '../nn/network'
import type { Recipe } from '../recipe/recipe'
import type { Checkpoint, LayerValues } from './checkpoint'
import { layersOf } from './warm-start'

/** What a run was after a step, as copies that no later step touches. */
interface State {
  numbers: Tensor1D
  recipe: Recipe
  step: number
}

/** Keeps the last state of a run’s networks that was known to be good, so that no later accident spoils it. */
export class StateKeeper {
  private good: State | undefined
  private saved: Checkpoint | undefined

  constructor(private readonly student: Network, private readonly teacher?: Network) {}

  /** The last step after which every number was finite; undefined before the first. */
  get goodStep(): number | undefined {
    return this.good?.step ?? this.saved?.step
  }

  /** A copy of all layers in one tensor, [numbers]: one sum over it tells whether they are still finite. */
  copy(): Tensor1D {
    return tidy(() => concat(this.layers.map(({ value }) => reshape(value, [value.size]) as Tensor1D)))
  }

  /** Takes a copy that was found finite; it is the keeper’s to free. */
  keep(numbers: Tensor1D, recipe: Recipe, step: number): void {
    this.good?.numbers.dispose()
    this.good = { numbers, recipe, step }
  }

  /**
   * The networks as they are, or, where a number is no longer finite, as they were when last known to be good;
   * undefined when they never were.
   */
  async checkpoint(recipe: Recipe, step: number): Promise<Checkpoint | undefined> {
    if (this.saved) return this.saved
    // Each layer by itself: no operation is asked of a backend that may not be the one that holds them any more.
    const now = await Promise.all(this.layers.map(({ value }) => read(value)))
    if (now.every((values) => values.every(Number.isFinite))) return this.named(now, recipe, step)
    return this.good && this.named(this.parted(await read(this.good.numbers)), this.good.recipe, this.good.step)
  }

  /** Brings the state off the device: it stays to be had, the copies are freed. */
  async retire(recipe: Recipe, step: number): Promise<void> {
    this.saved = await this.checkpoint(recipe, step)
    this.dispose()
  }

  dispose(): void {
    this.good?.numbers.dispose()
    this.good = undefined
  }

  private get layers() {
    return [...layersOf(this.student), ...this.teacher ? layersOf(this.teacher) : []]
  }

  /** What `copy` has put together. */
  private parted(numbers: Float32Array): Float32Array[] {
    let at = 0
    return this.layers.map(({ value }) => numbers.slice(at, (at += value.size)))
  }

  private named(values: Float32Array[], recipe: Recipe, step: number): Checkpoint {
    const layers = this.layers.map(({ name, value }, i): LayerValues => ({ name, shape: value.shape.slice(), values: values[i]! }))
    const own = layersOf(this.student).length
    return { recipe, step, student: layers.slice(0, own), ...(this.teacher && { teacher: layers.slice(own) }) }
  }
}

/** A copy: the CPU backend would hand out its own numbers. */
async function read(tensor: Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data())
}
