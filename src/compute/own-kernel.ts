import { engine, getBackend, getKernel, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core'

/** A kernel of ours: tensors by name, and numbers beside them, to tensors. */
export type RunKernel = (inputs: NamedTensorMap, attributes?: NamedAttrMap) => Tensor[]

/** The kernel that the current backend has under that name of ours; undefined where the composition has to do. */
export function ownKernel(name: string): RunKernel | undefined {
  if (!getKernel(name, getBackend())) return undefined
  return (inputs, attributes = {}) => engine().runKernel<Tensor[]>(name, inputs, attributes)
}
