import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import type { TensorInfo } from '@tensorflow/tfjs-core'
import { replaceKernel } from './replace-kernel'

/** Lets a clone share its tensor’s memory: tfjs clones every tensor that a gradient needs, and its WASM backend copies it. */
export function registerIdentity(): void {
  replaceKernel('Identity', ({ inputs, backend }) => {
    const { dataId, shape, dtype } = inputs.x as TensorInfo
    ;(backend as BackendWasm).incRef(dataId)
    return { dataId, shape, dtype }
  })
}
