import type { Gpu } from '../gpu'
import { runSum } from './run-sum'
import type { Shape, Sizes } from './layout'

/** The first is taken where there is no GPU to choose for. */
export const SHAPES: readonly [Shape, ...Shape[]] = [
  { tile: [8, 2], weights: 'each' },
  { tile: [4, 1], weights: 'each' },
  { tile: [8, 2], weights: 'workgroup' },
]

/** For a processor in disguise, to which reading is dear beside computing. */
export const IN_FOURS: Shape = { tile: [16, 4], weights: 'fours' }

/** The second layers of a batch: 256 pictures of 16×16, 16 channels to 16. */
const WORK: Sizes = [256, 16, 16, 16, 16, 16, 16, 3, 3, 1, 1, 1]
/** A GPU does that work in less; what takes longer is a processor, and waits for no further trial. */
const SLOW_MILLISECONDS = 30
/** A clock in a browser is coarse: so many runs are timed together. */
const RUNS = 16

const chosen = new WeakMap<Gpu, Shape>()

/** The shape that was quickest on this adapter. */
export function shapeFor(gpu: Gpu): Shape {
  return chosen.get(gpu) ?? SHAPES[0]
}

/** Times the shapes of a convolution on this adapter, where they differ by what its memory and registers are like. */
export async function chooseShape(gpu: Gpu): Promise<void> {
  const work = workOn(gpu)
  try {
    const inFours = goesInFours(gpu.device) && await work.time(IN_FOURS, 1) < Infinity
    chosen.set(gpu, inFours ? IN_FOURS : await quickest(SHAPES, (shape, runs) => work.time(shape, runs)))
  } finally {
    work.end()
  }
}

/** Whether four threads go together, each group of them for itself, and can tell each other. */
export function goesInFours({ features, adapterInfo }: GPUDevice): boolean {
  return features.has('subgroups') && adapterInfo.subgroupMinSize === 4 && adapterInfo.subgroupMaxSize === 4
}

/**
 * The candidate that takes the least time for the same runs; the first where a single run of it is slow.
 * @param time milliseconds that so many runs of a candidate take; Infinity where the adapter cannot run it
 */
export async function quickest<Candidate>(
  candidates: readonly [Candidate, ...Candidate[]], time: (candidate: Candidate, runs: number) => Promise<number>,
): Promise<Candidate> {
  let best = candidates[0]
  let least = Infinity
  for (const candidate of candidates) {
    // The first run compiles the shader.
    if (await time(candidate, 1) === Infinity) continue
    if (candidate === candidates[0] && await time(candidate, 1) > SLOW_MILLISECONDS) return candidate
    const taken = Math.min(await time(candidate, RUNS), await time(candidate, RUNS))
    if (taken < least) [best, least] = [candidate, taken]
  }
  return best
}

function workOn(gpu: Gpu) {
  const [batch, height, width, channels, , , outputs, filterHeight, filterWidth] = WORK
  const x = gpu.output([batch, height, width, channels])
  const filter = gpu.output([filterHeight, filterWidth, channels, outputs])
  const y = gpu.output([batch, height, width, outputs])
  return {
    async time(shape: Shape, runs: number): Promise<number> {
      gpu.device.pushErrorScope('validation')
      const begin = performance.now()
      for (let run = 0; run < runs; run++) runSum(gpu, shape, 'forward', { x, filter, y }, WORK)
      gpu.submit()
      await gpu.device.queue.onSubmittedWorkDone()
      const taken = performance.now() - begin
      return await gpu.device.popErrorScope() ? Infinity : taken
    },
    end() {
      for (const info of [x, filter, y]) gpu.free(info)
    },
  }
}
