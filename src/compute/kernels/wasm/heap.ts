import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { DataType, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core'

/** A call of a kernel, as tfjs hands it over. */
export type KernelCall = Parameters<KernelFunc>[0]

/** tfjs’s WASM memory, as a kernel sees it. */
export class Heap {
  private readonly held: TensorInfo[] = []

  constructor(private readonly backend: BackendWasm) {}

  /** A new tensor that the kernel fills. */
  output(shape: number[], dtype: DataType = 'float32'): TensorInfo {
    return this.backend.makeOutput(shape, dtype)
  }

  /** Byte offset of a tensor’s values. */
  at({ dataId }: TensorInfo): number {
    return this.backend.dataIdMap.get(dataId).memoryOffset
  }

  /** Byte offset of whole numbers that live until `free`. */
  integers(values: readonly number[]): number {
    const holder = this.output([values.length], 'int32')
    this.held.push(holder)
    this.backend.typedArrayFromHeap(holder).set(values)
    return this.at(holder)
  }

  /** Byte offset of memory for so many floats, whatever it holds, until `free`. */
  scratch(count: number): number {
    const holder = this.output([count])
    this.held.push(holder)
    return this.at(holder)
  }

  /** Byte offset of so many zeros that live until `free`. */
  zeros(count: number): number {
    const holder = this.output([count])
    this.held.push(holder)
    this.backend.typedArrayFromHeap(holder).fill(0)
    return this.at(holder)
  }

  free(): void {
    for (const { dataId } of this.held.splice(0)) this.backend.disposeData(dataId)
  }
}
