import { conv2d, grads, mul, sum, type Tensor, type Tensor4D, type TensorInfo } from '@tensorflow/tfjs-core'
import { attributesOf, fits, geometryOf, isSupported, type Geometry, type Shape4D } from '../../convolution-geometry'
import { madeUp } from '../../../made-up'
import type { Gpu } from '../gpu'
import type { KernelCall, OwnKernel } from '../own-kernel'
import { sizeOf } from '../many-tensors'
import { filterGradientParts, filterShapeFor, groupsOfSumOfParts, partsOf, sumOfParts } from './filter-gradient'
import type { Direction, Sizes } from './layout'
import { runSum } from './run-sum'
import { chooseShape, shapeFor } from './shape-choice'

function forward(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo | undefined {
  const { x, filter } = inputs as Record<'x' | 'filter', TensorInfo>
  const geometry = geometryOf(x.shape as Shape4D, filter.shape as Shape4D, attributesOf(attrs))
  return isSupported(geometry) ? sumOver(gpu, 'forward', x, filter, geometry) : undefined
}

function inputGradient(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo | undefined {
  const { dy, filter } = inputs as Record<'dy' | 'filter', TensorInfo>
  const attributes = attributesOf(attrs)
  const geometry = geometryOf(attributes.inputShape, filter.shape as Shape4D, attributes)
  return isSupported(geometry) && fits(dy.shape, geometry) ? sumOver(gpu, 'back', dy, filter, geometry) : undefined
}

function filterGradient(gpu: Gpu, { inputs, attrs }: KernelCall): TensorInfo | undefined {
  const { x, dy } = inputs as Record<'x' | 'dy', TensorInfo>
  const attributes = attributesOf(attrs)
  const geometry = geometryOf(x.shape as Shape4D, attributes.filterShape, attributes)
  if (!isSupported(geometry)) return undefined
  return filterGradientOf(gpu, x, dy, sizesOf(geometry), attributes.filterShape)
}

function sumOver(gpu: Gpu, direction: Direction, x: TensorInfo, filter: TensorInfo, g: Geometry): TensorInfo {
  return sumOf(gpu, direction, x, filter, sizesOf(g), direction === 'forward' ? g.outShape : g.inShape)
}

/** The gradient in the filter, in the shape that is asked for. */
export function filterGradientOf(gpu: Gpu, x: TensorInfo, dy: TensorInfo, sizes: Sizes, shape: number[]): TensorInfo {
  const filterShape = filterShapeFor(shapeFor(gpu).weights, sizes)
  const { parts, groups } = partsOf(filterShape, sizes)
  const dw = gpu.output(shape)
  const size = sizeOf(dw)
  const found = parts === 1 ? dw : gpu.output([parts, size])
  gpu.run(filterGradientParts(parts, filterShape.quads, filterShape.inFours, ...sizes), { reads: [x, dy], writes: [found], groups })
  if (parts === 1) return dw
  gpu.run(sumOfParts(parts, size), { reads: [found], writes: [dw], groups: groupsOfSumOfParts(size) })
  gpu.free(found)
  return dw
}

/** A convolution or its gradient in the input, in the shape that is asked for. */
export function sumOf(
  gpu: Gpu, direction: Direction, x: TensorInfo, filter: TensorInfo, sizes: Sizes, shape: number[],
): TensorInfo {
  const y = gpu.output(shape)
  runSum(gpu, shapeFor(gpu), direction, { x, filter, y }, sizes)
  return y
}

function sizesOf(g: Geometry): Sizes {
  return [
    g.batchSize, g.inHeight, g.inWidth, g.inChannels, g.outHeight, g.outWidth, g.outChannels,
    g.filterHeight, g.filterWidth, g.strideHeight, g.padInfo.top, g.padInfo.left,
  ]
}

/** Odd sizes, rows of several strips, one picture, one channel, three, and numbers of channels that fours do not divide. */
const TRIALS: readonly { x: Shape4D; filter: Shape4D; stride: number; pad: 'same' | 'valid' }[] = [
  { x: [2, 5, 11, 3], filter: [3, 3, 3, 8], stride: 1, pad: 'same' },
  { x: [1, 5, 9, 16], filter: [3, 3, 16, 12], stride: 2, pad: 'same' },
  { x: [2, 4, 3, 1], filter: [2, 3, 1, 6], stride: 1, pad: 'valid' },
]

const trials = () => TRIALS.map(({ x, filter, stride, pad }) => {
  const convolved = (x: Tensor, w: Tensor) => conv2d(x as Tensor4D, w as Tensor4D, stride, pad)
  const of = [madeUp(x), madeUp(filter, 2)] as const
  return { of, convolved }
})

const gradient = (index: 0 | 1) => () => trials().map(({ of, convolved }) => {
  const weights = madeUp(convolved(...of).shape, 3)
  return grads((x: Tensor, w: Tensor) => sum(mul(convolved(x, w), weights)))([...of])[index]!
})

export const CONVOLUTION_KERNELS: readonly OwnKernel[] = [
  {
    name: 'convolution', kernels: { Conv2D: forward }, prepare: chooseShape,
    trial: () => trials().map(({ of, convolved }) => convolved(...of)),
  },
  { name: 'the gradient of a convolution in its input', kernels: { Conv2DBackpropInput: inputGradient }, trial: gradient(0) },
  { name: 'the gradient of a convolution in its filter', kernels: { Conv2DBackpropFilter: filterGradient }, trial: gradient(1) },
]
