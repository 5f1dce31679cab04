import { keep, type Tensor4D } from '@tensorflow/tfjs-core'
import type { Mode } from '../nn/layers'
import type { Layers, Network } from '../nn/network'

/**
 * A network for a method to use, and what its first forward pass made of the views: no view is encoded twice for the
 * sake of measuring it. The tensors are the caller’s to free.
 */
export function observed(network: Network): { network: Network; seen(): Layers } {
  let seen: Layers | undefined
  function layers(batches: readonly Tensor4D[], mode: Mode): Layers {
    const made = network.layers(batches, mode)
    if (!seen) {
      seen = made
      for (const tensor of Object.values(made)) keep(tensor)
    }
    return made
  }
  return {
    network: { ...network, layers, project: (batches, mode) => layers(batches, mode).features },
    seen() {
      if (!seen) throw new Error('The method has looked at no view.')
      return seen
    },
  }
}
