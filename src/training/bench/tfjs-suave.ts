import {
  setBackend, tensor, tidy, variableGrads, type NamedTensorMap, type Scalar, type Tensor, type Tensor2D, type Tensor4D,
} from '@tensorflow/tfjs-core'
import { createClustering } from '../../methods/clustering'
import type { Views } from '../../methods/method'
import { createNetwork } from '../../nn/network'
import { createOptimiser } from '../../nn/optimiser'
import type { Contestant } from './contestant'
import type { Values, Workload } from './workload'

/** Suave’s step through the playground’s own methods, on a registered tfjs backend. */
export async function tfjsSuave(
  backend: string, name: string, { recipe, prototypeCount, views, labels }: Workload,
): Promise<Contestant> {
  await setBackend(backend)
  const student = createNetwork(recipe, prototypeCount)
  const method = createClustering('suave', recipe, prototypeCount)
  const optimiser = createOptimiser(student.parameters, recipe.optimiser)
  const batch: Views = {
    full: onDevice(views) as Tensor4D, labels: onDevice(labels) as Tensor2D,
    labelled: recipe.labelledBatch, unlabelled: recipe.unlabelledBatch,
  }
  const variables = student.parameters.map((parameter) => parameter.value)

  return {
    name,
    step() {
      const { value, grads } = variableGrads(() => method.loss(student, batch, recipe).losses.loss as Scalar, variables)
      optimiser.step(grads, recipe.learningRate, recipe)
      student.normalisePrototypes()
      free(grads)
      return { done: value.data().then(([loss]) => (value.dispose(), loss!)) }
    },
    dispose() {
      free({ full: batch.full, labels: batch.labels })
      optimiser.dispose()
      method.dispose()
      student.dispose()
    },
  }
}

export function onDevice({ shape, values }: Values): Tensor {
  return tidy(() => tensor(values, shape))
}

function free(tensors: NamedTensorMap): void {
  for (const one of Object.values(tensors)) one.dispose()
}
