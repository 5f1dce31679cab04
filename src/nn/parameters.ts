import { keep, variable, type Rank, type Tensor, type Variable } from '@tensorflow/tfjs-core'
import { followAll, type Following } from '../compute/running-average'

/** A learned tensor under a stable name. */
export interface Parameter {
  name: string
  value: Variable
  /** Weights decay; gains and offsets do not. */
  decays: boolean
}

/** A running statistic under a stable name. */
export type Statistic = Pick<Parameter, 'name' | 'value'>

/** The parameters and running statistics of one network, in the order in which its layers were made. */
export class ParameterStore {
  readonly parameters: Parameter[] = []
  readonly statistics: Statistic[] = []
  #observed: Following[] = []

  /** Takes `initial` over: the caller’s tensor is freed. */
  learned<R extends Rank>(name: string, initial: Tensor<R>, options: { decays: boolean }): Variable<R> {
    const value = held(initial, true)
    this.parameters.push({ name, value, ...options })
    return value
  }

  /** A running statistic: it belongs to the network, but no gradient and no average of weights touches it. */
  statistic<R extends Rank>(name: string, initial: Tensor<R>): Variable<R> {
    const value = held(initial, false)
    this.statistics.push({ name, value })
    return value
  }

  /** Notes what a statistic saw in this batch, until `settle`. */
  observe(average: Variable, fresh: Tensor, weights: Pick<Following, 'keep' | 'take'>): void {
    this.#observed.push({ average, fresh: keep(fresh.clone()), ...weights })
  }

  /** Moves all statistics that saw a batch, at once: one by one they would ask the device for a job each. */
  settle(): void {
    if (this.#observed.length === 0) return
    followAll(this.#observed)
    this.#forget()
  }

  #forget(): void {
    for (const { fresh } of this.#observed) fresh.dispose()
    this.#observed = []
  }

  dispose(): void {
    // A pass that ended in an error has not settled.
    this.#forget()
    for (const { value } of [...this.parameters, ...this.statistics]) value.dispose()
  }
}

function held<R extends Rank>(initial: Tensor<R>, trainable: boolean): Variable<R> {
  const value = variable(initial, trainable)
  initial.dispose()
  return value
}
