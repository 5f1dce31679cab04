import {
  backend, conv2d, dispose, engine, grad, grads, mean, setBackend, tidy, variable, type Tensor, type Tensor1D, type Tensor2D,
  type Tensor4D, type Variable,
} from '@tensorflow/tfjs-core'
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { batchNorm } from '../../compute/batch-norm'
import { crossEntropy } from '../../compute/cross-entropy'
import { updateParameters } from '../../compute/parameter-update'
import { followAll } from '../../compute/running-average'
import { pictureViews, type ViewPlan } from '../../compute/picture-views'
import { sinkhorn } from '../../compute/sinkhorn'
import { unitRows } from '../../compute/unit-rows'
import { timed, type Times } from './clock'
import { onDevice } from './tfjs-suave'
import { normals, type Workload } from './workload'

export interface KernelTimes {
  name: string
  own: Times
  stock: Times
}

type Run = (x: Tensor[]) => Tensor | Tensor[] | undefined

interface Kernel {
  name: string
  /** Shapes of its inputs, filled with made-up numbers. */
  shapes: number[][]
  run: Run
}

/** Each kernel of ours on the shapes of the workload, beside what stock tfjs does in its place. */
export async function raceKernels(
  backends: { own: string; stock: string }, workload: Workload, count: number, tell: (name: string) => void,
): Promise<KernelTimes[]> {
  const results: KernelTimes[] = []
  for (const kernel of kernelsOf(workload)) {
    tell(kernel.name)
    results.push({
      name: kernel.name,
      own: await timeOn(backends.own, kernel, count),
      stock: await timeOn(backends.stock, kernel, count),
    })
  }
  return results
}

async function timeOn(name: string, { shapes, run }: Kernel, count: number): Promise<Times> {
  await setBackend(name)
  const inputs = shapes.map((shape, i) => variable(onDevice(normals(shape, i + 1))))
  const times = await timed(async () => {
    const outputs = tidy(() => run(inputs) ?? [])
    await finished()
    dispose(outputs)
  }, count, 2)
  inputs.forEach((input: Variable) => input.dispose())
  return times
}

/** Resolves when the device has done everything that was asked of it. */
async function finished(): Promise<void> {
  const gpu = backend() as WebGPUBackend
  gpu.ensureCommandEncoderReady()
  gpu.endComputePassEncoder()
  gpu.submitQueue()
  await gpu.device.queue.onSubmittedWorkDone()
}

function kernelsOf({ recipe, prototypeCount, views, parameters }: Workload): Kernel[] {
  const rows = views.shape[0]!
  const { width, featureSize } = recipe
  const pictures = [rows, 32, 32, width]
  const filter = [3, 3, width, width]
  const scores = [rows, prototypeCount]
  const shapes = Object.values(parameters).map(({ shape }) => shape)
  const normalise = (x: Tensor, gain: Tensor, offset: Tensor) =>
    batchNorm(x, gain as Tensor1D, offset as Tensor1D, { epsilon: 1e-5, relu: true })
  const size = `${rows}×32×32×${width}`
  return [
    { name: `convolution 3×3 of ${size}`, shapes: [pictures, filter], run: ([x, w]) => conv2d(x as Tensor4D, w as Tensor4D, 1, 'same') },
    {
      name: 'its gradient in the input', shapes: [pictures, filter],
      run: ([dy, w]) => engine().runKernel<Tensor>(
        'Conv2DBackpropInput', { dy: dy!, filter: w! }, { strides: 1, pad: 'same', dataFormat: 'NHWC', inputShape: pictures },
      ),
    },
    {
      name: 'its gradient in the filter', shapes: [pictures, pictures],
      run: ([x, dy]) => engine().runKernel<Tensor>(
        'Conv2DBackpropFilter', { x: x!, dy: dy! }, { strides: 1, pad: 'same', dataFormat: 'NHWC', filterShape: filter },
      ),
    },
    { name: `batch norm and ReLU of ${size}, with gradients`, shapes: [pictures, [width], [width], pictures], run: ([x, g, b, dy]) => grads(normalise)([x!, g!, b!], dy!) },
    { name: `gradient of a mean over ${size}`, shapes: [pictures], run: ([x]) => grad((of: Tensor) => mean(of))(x!) },
    { name: `cross-entropy of ${scores.join('×')}, with gradient`, shapes: [scores, scores, [rows]], run: ([s, t, dy]) => grad((of: Tensor) => crossEntropy(of as Tensor2D, t as Tensor2D, 0.1))(s!, dy!) },
    { name: `unit rows of ${rows}×${featureSize}, with gradient`, shapes: [[rows, featureSize], [rows, featureSize]], run: ([x, dy]) => grad((of: Tensor) => unitRows(of as Tensor2D))(x!, dy!) },
    { name: `Sinkhorn of ${recipe.unlabelledBatch}×${prototypeCount}`, shapes: [[recipe.unlabelledBatch, prototypeCount]], run: ([s]) => sinkhorn(s as Tensor2D, 0.5, recipe.sinkhornIterations) },
    { name: `step of ${shapes.length} parameters`, shapes: [...shapes, ...shapes, ...shapes], run: (all) => stepOf(all as Variable[], shapes.length) },
    {
      name: `average of ${shapes.length} parameters`, shapes: [...shapes, ...shapes],
      run: (all) => averagesOf(all as Variable[], shapes.length),
    },
    { name: `${rows} views`, shapes: [[200, 1_024]], run: ([packed]) => pictureViews(packed as Tensor2D, plansOf(rows), 32, { mean: [0, 0, 0], deviation: [1, 1, 1] }) },
  ]
}

function stepOf(all: Variable[], count: number): undefined {
  const moves = Array.from({ length: count }, (_, i) => (
    { value: all[i]!, gradient: all[i + count]!, memory: [all[i + 2 * count]!], decay: 0.0005, count: 1 }))
  updateParameters('sgd', moves, { learningRate: 1e-3, momentum: 0.9, beta1: 0.9, beta2: 0.999, adamEpsilon: 1e-8, trustCoefficient: 0.001 })
}

function averagesOf(all: Variable[], count: number): undefined {
  followAll(Array.from({ length: count }, (_, i) => ({ average: all[i]!, fresh: all[i + count]!, keep: 0.9, take: 0.1 })))
}

function plansOf(rows: number): ViewPlan[] {
  return Array.from({ length: rows }, (_, picture) => ({
    picture, box: [0.1, 0.9, 0.8, 0.2], colours: [1.1, 0, 0, 0, 1, 0, 0, 0, 0.9], offset: 0.1,
  }))
}
