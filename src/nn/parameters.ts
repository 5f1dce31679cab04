import { variable, type Rank, type Tensor, type Variable } from '@tensorflow/tfjs-core'

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

  dispose(): void {
    for (const { value } of [...this.parameters, ...this.statistics]) value.dispose()
  }
}

function held<R extends Rank>(initial: Tensor<R>, trainable: boolean): Variable<R> {
  const value = variable(initial, trainable)
  initial.dispose()
  return value
}
