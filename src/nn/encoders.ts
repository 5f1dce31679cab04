import { avgPool, mean, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import type { Recipe } from '../recipe/recipe'
import { convolution, norm, type Builder, type Layer } from './layers'

export interface Encoder {
  /** Pictures [rows, side, side, 3] to pooled features [rows, size]. */
  encode: Layer<Tensor4D, Tensor2D>
  size: number
}

/** The encoder of that name, `width` channels wide at its first convolution. */
export function createEncoder(builder: Builder, name: Recipe['encoder'], width: number): Encoder {
  return ENCODERS[name](builder, width)
}

const ENCODERS: Record<Recipe['encoder'], (builder: Builder, width: number) => Encoder> = {
  /** Four convolutions; each but the first halves the picture and doubles the channels. */
  conv4: (builder, width) => {
    const layers = [
      unit(builder, 'encoder/conv1', 3, width, 1),
      unit(builder, 'encoder/conv2', width, 2 * width, 2),
      unit(builder, 'encoder/conv3', 2 * width, 4 * width, 2),
      unit(builder, 'encoder/conv4', 4 * width, 8 * width, 2),
    ]
    return { encode: pooled(layers), size: 8 * width }
  },

  /** The smallest residual network for 32×32 pictures (He et al., 2016, section 4.2, n = 1 with one block a stage). */
  resnet8: (builder, width) => {
    const layers = [
      unit(builder, 'encoder/stem', 3, width, 1),
      residual(builder, 'encoder/block1', width, width, 1),
      residual(builder, 'encoder/block2', width, 2 * width, 2),
      residual(builder, 'encoder/block3', 2 * width, 4 * width, 2),
    ]
    return { encode: pooled(layers), size: 4 * width }
  },

  /** The quick residual network of the DAWNBench entries, with average pooling, which breaks no ties. */
  resnet9: (builder, width) => {
    const layers = [
      unit(builder, 'encoder/stem', 3, width, 1),
      unit(builder, 'encoder/layer1', width, 2 * width, 1), halve,
      residual(builder, 'encoder/block1', 2 * width, 2 * width, 1),
      unit(builder, 'encoder/layer2', 2 * width, 4 * width, 1), halve,
      unit(builder, 'encoder/layer3', 4 * width, 8 * width, 1), halve,
      residual(builder, 'encoder/block3', 8 * width, 8 * width, 1),
    ]
    return { encode: pooled(layers), size: 8 * width }
  },
}

/** Convolution, batch norm, ReLU. */
function unit(builder: Builder, name: string, channels: number, outputs: number, stride: number): Layer {
  const convolve = convolution(builder, `${name}/filter`, channels, outputs, stride)
  const normalise = norm<Tensor4D>(builder, name, outputs)
  return (x, mode) => normalise(convolve(x, mode), mode)
}

/** Two convolutions beside a shortcut, which is a 1×1 convolution where the shape changes. */
function residual(builder: Builder, name: string, channels: number, outputs: number, stride: number): Layer {
  const first = unit(builder, `${name}/first`, channels, outputs, stride)
  const convolve = convolution(builder, `${name}/second/filter`, outputs, outputs, 1)
  const normalise = norm<Tensor4D>(builder, `${name}/second`, outputs)
  const shortcut = channels === outputs && stride === 1
    ? (x: Tensor4D) => x
    : projection(builder, `${name}/shortcut`, channels, outputs, stride)
  return (x, mode) => normalise(convolve(first(x, mode), mode), mode, shortcut(x, mode))
}

function projection(builder: Builder, name: string, channels: number, outputs: number, stride: number): Layer {
  const convolve = convolution(builder, `${name}/filter`, channels, outputs, stride, 1)
  const normalise = norm<Tensor4D>(builder, name, outputs, false)
  return (x, mode) => normalise(convolve(x, mode), mode)
}

const halve: Layer = (x) => avgPool(x, 2, 2, 'same')

function pooled(layers: Layer[]): Layer<Tensor4D, Tensor2D> {
  return (x, mode) => mean(layers.reduce((h, layer) => layer(h, mode), x), [1, 2]) as Tensor2D
}
