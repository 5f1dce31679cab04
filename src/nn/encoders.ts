import { avgPool, maxPool, mean, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import type { Recipe } from '../recipe/recipe'
import { convolution, norm, type Builder, type Layer } from './layers'

export interface Encoder {
  /** Pictures [rows, side, side, 3] to pooled features [rows, size]. */
  encode: Layer<Tensor4D, Tensor2D>
  size: number
}

/** The encoder of that name, `width` channels wide at its first convolution. */
export function createEncoder(builder: Builder, { encoder, halving, width }: Pick<Recipe, 'encoder' | 'halving' | 'width'>): Encoder {
  return ENCODERS[encoder](builder, width, HALVINGS[halving])
}

const same: Layer = (x) => x

/** What halves a picture: a convolution's stride, or the pooling of what a convolution of every place has found. */
interface Halving {
  stride: 1 | 2
  pool: Layer
}

const HALVINGS: Record<Recipe['halving'], Halving> = {
  stride: { stride: 2, pool: same },
  pooling: { stride: 1, pool: (x) => maxPool(x, 2, 2, 'same') },
}

const ENCODERS: Record<Recipe['encoder'], (builder: Builder, width: number, halving: Halving) => Encoder> = {
  /** Four convolutions, which double the channels, and between each two of them a halving. */
  conv4: (builder, width, { stride, pool }) => {
    const layers = [
      unit(builder, 'encoder/conv1', 3, width, 1), pool,
      unit(builder, 'encoder/conv2', width, 2 * width, stride), pool,
      unit(builder, 'encoder/conv3', 2 * width, 4 * width, stride), pool,
      unit(builder, 'encoder/conv4', 4 * width, 8 * width, stride),
    ]
    return { encode: pooled(layers), size: 8 * width }
  },

  /** The smallest residual network for 32×32 pictures (He et al., 2016, section 4.2, n = 1 with one block a stage). */
  resnet8: (builder, width, halving) => {
    const layers = [
      unit(builder, 'encoder/stem', 3, width, 1),
      residual(builder, 'encoder/block1', width, width),
      residual(builder, 'encoder/block2', width, 2 * width, halving),
      residual(builder, 'encoder/block3', 2 * width, 4 * width, halving),
    ]
    return { encode: pooled(layers), size: 4 * width }
  },

  /** The quick residual network of the DAWNBench entries, with average pooling, which breaks no ties. */
  resnet9: (builder, width) => {
    const layers = [
      unit(builder, 'encoder/stem', 3, width, 1),
      unit(builder, 'encoder/layer1', width, 2 * width, 1), average,
      residual(builder, 'encoder/block1', 2 * width, 2 * width),
      unit(builder, 'encoder/layer2', 2 * width, 4 * width, 1), average,
      unit(builder, 'encoder/layer3', 4 * width, 8 * width, 1), average,
      residual(builder, 'encoder/block3', 8 * width, 8 * width),
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
function residual(builder: Builder, name: string, channels: number, outputs: number, halving?: Halving): Layer {
  const { stride, pool } = halving ?? { stride: 1, pool: same }
  const first = unit(builder, `${name}/first`, channels, outputs, stride)
  const convolve = convolution(builder, `${name}/second/filter`, outputs, outputs, 1)
  const normalise = norm<Tensor4D>(builder, `${name}/second`, outputs)
  const shortcut = channels === outputs && !halving ? same : projection(builder, `${name}/shortcut`, channels, outputs, stride)
  return (x, mode) => normalise(convolve(pool(first(x, mode), mode), mode), mode, shortcut(pool(x, mode), mode))
}

function projection(builder: Builder, name: string, channels: number, outputs: number, stride: number): Layer {
  const convolve = convolution(builder, `${name}/filter`, channels, outputs, stride, 1)
  const normalise = norm<Tensor4D>(builder, name, outputs, false)
  return (x, mode) => normalise(convolve(x, mode), mode)
}

const average: Layer = (x) => avgPool(x, 2, 2, 'same')

function pooled(layers: Layer[]): Layer<Tensor4D, Tensor2D> {
  return (x, mode) => mean(layers.reduce((h, layer) => layer(h, mode), x), [1, 2]) as Tensor2D
}
