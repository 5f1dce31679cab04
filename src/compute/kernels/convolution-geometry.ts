import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core'

export type Shape4D = [number, number, number, number]
export type Geometry = ReturnType<typeof backend_util.computeConv2DInfo>

/** What tfjs hands to Conv2D, Conv2DBackpropInput and Conv2DBackpropFilter beside the tensors. */
export interface ConvolutionAttributes {
  strides: [number, number] | number
  dilations?: [number, number] | number
  pad: 'same' | 'valid' | number
  dimRoundingMode?: 'floor' | 'round' | 'ceil'
  dataFormat: 'NHWC' | 'NCHW'
  inputShape: Shape4D
  filterShape: Shape4D
}

export function attributesOf(attrs: NamedAttrMap | undefined): ConvolutionAttributes {
  return attrs as unknown as ConvolutionAttributes
}

export function geometryOf(
  inputShape: Shape4D, filterShape: Shape4D, { strides, dilations, pad, dimRoundingMode, dataFormat }: ConvolutionAttributes,
): Geometry {
  const format = dataFormat === 'NCHW' ? 'channelsFirst' : 'channelsLast'
  return backend_util.computeConv2DInfo(inputShape, filterShape, strides, dilations ?? 1, pad, dimRoundingMode, false, format)
}

/** Whether kernels of ours can do it: NHWC, equal strides, no dilation. */
export function isSupported(g: Geometry): boolean {
  return g.strideHeight === g.strideWidth && g.dilationHeight === 1 && g.dilationWidth === 1 && g.dataFormat === 'channelsLast'
}

/** `conv2dTranspose` lets a caller ask for a result that no convolution of it would give back. */
export function fits([, height, width]: readonly number[], g: Geometry): boolean {
  return height === g.outHeight && width === g.outWidth
}
