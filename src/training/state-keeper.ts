import { concat, mul, reshape, sum, tidy, type Tensor, type Tensor1D } from '@tensorflow/tfjs-core'
import type { Network } from '../nn/network'
import type { Recipe } from '../recipe/recipe'
import type { Checkpoint, LayerValues } from './checkpoint'
import { layersOf } from './warm-start'

/** When a state was: after how many steps, and of which recipe. */
interface Moment {
  step: number
  recipe: Recipe
}

/** All layers at a moment, as a copy that no later step touches. */
export interface State extends Moment {
  /** [numbers] */
  numbers: Tensor1D
}

/**
 * Keeps the last state of a run’s networks that was known to be good. A state is good when its numbers are finite and
 * the network still makes finite numbers of pictures with them: weights that have just exploded may be finite too.
 */
export class StateKeeper {
  private good: State | undefined
  private spoiled = false
  private saved: Checkpoint | undefined

  constructor(private readonly student: Network, private readonly teacher?: Network) {}

  get goodStep(): number | undefined {
    return this.good?.step
  }

  copy(moment: Moment): State {
    const numbers = tidy(() => concat(this.layers.map(({ value }) => reshape(value, [value.size]) as Tensor1D)))
    return { ...moment, numbers }
  }

  async isFinite({ numbers }: State): Promise<boolean> {
    const nought = tidy(() => sum(mul(numbers, 0)))
    const [value] = await nought.data()
    nought.dispose()
    return value === 0
  }

  /** Takes a state over: keeps a good one in the place of the last; after a bad one only the last good one counts. */
  judge(state: State, good: boolean): void {
    const past = good ? this.good : state
    past?.numbers.dispose()
    if (good) this.good = state
    else this.spoiled = true
  }

  /** Frees a state unless it was judged: a step may be given up before anybody could. */
  letGo(state: State): void {
    if (state !== this.good) state.numbers.dispose()
  }

  /** The networks as they are, or, if they are spoiled, as they were when last known to be good; undefined when they never were. */
  async checkpoint(moment: Moment): Promise<Checkpoint | undefined> {
    if (this.saved) return this.saved
    // Each layer by itself: no operation is asked of a backend that may not be the one that holds them any more.
    const now = this.spoiled ? [] : await Promise.all(this.layers.map(({ value }) => read(value)))
    if (!this.spoiled && now.every((values) => values.every(Number.isFinite))) return this.named(now, moment)
    return this.good && this.named(this.parted(await read(this.good.numbers)), this.good)
  }

  /** Brings the state off the device, where it stays to be had when everything there is freed. */
  async retire(moment: Moment): Promise<void> {
    this.saved = await this.checkpoint(moment)
  }

  dispose(): void {
    this.good?.numbers.dispose()
    this.good = undefined
    this.spoiled = true
  }

  private get layers() {
    return [...layersOf(this.student), ...this.teacher ? layersOf(this.teacher) : []]
  }

  /** What `copy` has put together. */
  private parted(numbers: Float32Array): Float32Array[] {
    let at = 0
    return this.layers.map(({ value }) => numbers.slice(at, (at += value.size)))
  }

  private named(values: Float32Array[], { recipe, step }: Moment): Checkpoint {
    const layers = this.layers.map(({ name, value }, i): LayerValues => ({ name, shape: value.shape.slice(), values: values[i]! }))
    const own = layersOf(this.student).length
    return { recipe, step, student: layers.slice(0, own), ...(this.teacher && { teacher: layers.slice(own) }) }
  }
}

/** A copy: the CPU backend would hand out its own numbers. */
async function read(tensor: Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data())
}
