import { getKernel, tidy, transpose, type Tensor4D, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { attributesOf, fits, geometryOf, isSupported, type Geometry, type Shape4D } from '../convolution-geometry'
import { Heap, type KernelCall } from './heap'
import type { OwnKernels } from './own-kernels'
import { replaceKernel } from './replace-kernel'

/**
 * Puts the convolution and both its gradients on our kernels: tfjs’s WASM backend lacks the
 * gradient in the filter and is ten times slower in the other. NHWC, equal strides.
 * What the forward kernel cannot do (dilation, unequal strides) stays with tfjs.
 */
export function registerConvolution(kernels: OwnKernels): void {
  const [stock, stockInputGradient] = ['Conv2D', 'Conv2DBackpropInput'].map((name) => getKernel(name, 'wasm').kernelFunc)
  replaceKernel('Conv2D', (call) => {
    const { x, filter } = call.inputs as { x: TensorInfo; filter: TensorInfo }
    const geometry = geometryOf(x.shape as Shape4D, filter.shape as Shape4D, attributesOf(call.attrs))
    return isSupported(geometry) ? forward(kernels, call, geometry) : stock!(call)
  })
  replaceKernel('Conv2DBackpropFilter', (call) => {
    const { x } = call.inputs as { x: TensorInfo }
    const attributes = attributesOf(call.attrs)
    return filterGradient(kernels, call, geometryOf(x.shape as Shape4D, attributes.filterShape, attributes))
  })
  replaceKernel('Conv2DBackpropInput', (call) => {
    const { dy, filter } = call.inputs as { dy: TensorInfo; filter: TensorInfo }
    const attributes = attributesOf(call.attrs)
    const geometry = geometryOf(attributes.inputShape, filter.shape as Shape4D, attributes)
    return fits(dy.shape, geometry) ? inputGradient(kernels, call, geometry) : stockInputGradient!(call)
  })
}

function forward(kernels: OwnKernels, { inputs, backend }: KernelCall, g: Geometry): TensorInfo {
  const heap = new Heap(backend as BackendWasm)
  const y = heap.output([g.batchSize, g.outHeight, g.outWidth, g.outChannels])
  const taps = tapsOf(g, (ky, kx) => ({ down: ky - g.padInfo.top, right: kx - g.padInfo.left }))
  kernels.sumOverTaps(
    heap.at(inputs.x!), heap.at(inputs.filter!), heap.at(y), heap.integers(taps), taps.length / 3, heap.zeros(g.inChannels),
    g.batchSize, g.inHeight, g.inWidth, g.inChannels,
    g.outHeight, g.outWidth, g.strideHeight,
    g.outHeight, g.outWidth, g.outChannels, 1, 0, 0,
  )
  heap.free()
  return y
}

function filterGradient(kernels: OwnKernels, { inputs, backend }: KernelCall, g: Geometry): TensorInfo {
  const heap = new Heap(backend as BackendWasm)
  const dw = heap.output([g.filterHeight, g.filterWidth, g.inChannels, g.outChannels])
  kernels.filterGradient(
    heap.at(inputs.x!), heap.at(inputs.dy!), heap.at(dw),
    g.batchSize, g.inHeight, g.inWidth, g.inChannels, g.outHeight, g.outWidth, g.outChannels,
    g.filterHeight, g.filterWidth, g.strideHeight, g.padInfo.top, g.padInfo.left,
    0, g.inChannels,
  )
  return dw
}

/**
 * dx is a sum over taps of dy with channels and outputs exchanged. With a stride s, a place of dx
 * sees only every s-th tap: s² phases, each a sum over its own taps.
 */
function inputGradient(kernels: OwnKernels, { inputs, backend }: KernelCall, g: Geometry): TensorInfo {
  const heap = new Heap(backend as BackendWasm)
  const stride = g.strideHeight
  const exchanged = tidy(() => transpose(inputs.filter as Tensor4D, [0, 1, 3, 2]))
  const dx = heap.output([g.batchSize, g.inHeight, g.inWidth, g.inChannels])
  const zeros = heap.zeros(g.outChannels)
  for (let down = 0; down < stride; down++) {
    for (let right = 0; right < stride; right++) {
      const taps = tapsOf(g, (ky, kx) => ({
        down: (down + g.padInfo.top - ky) / stride,
        right: (right + g.padInfo.left - kx) / stride,
      }))
      kernels.sumOverTaps(
        heap.at(inputs.dy!), heap.at(exchanged), heap.at(dx), heap.integers(taps), taps.length / 3, zeros,
        g.batchSize, g.outHeight, g.outWidth, g.outChannels,
        Math.ceil((g.inHeight - down) / stride), Math.ceil((g.inWidth - right) / stride), 1,
        g.inHeight, g.inWidth, g.inChannels, stride, down, right,
      )
    }
  }
  heap.free()
  exchanged.dispose()
  return dx
}

/** Down, right and weight offset of each tap that falls on a whole pixel. */
function tapsOf(g: Geometry, place: (ky: number, kx: number) => { down: number; right: number }): number[] {
  const taps: number[] = []
  for (let ky = 0; ky < g.filterHeight; ky++) {
    for (let kx = 0; kx < g.filterWidth; kx++) {
      const { down, right } = place(ky, kx)
      if (!Number.isInteger(down) || !Number.isInteger(right)) continue
      taps.push(down, right, (ky * g.filterWidth + kx) * g.inChannels * g.outChannels * Float32Array.BYTES_PER_ELEMENT)
    }
  }
  return taps
}
