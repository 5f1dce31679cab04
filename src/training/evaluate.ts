import { add, argMax, cast, equal, scalar, sum, tidy, type Scalar } from '@tensorflow/tfjs-core'
import { normalised, type DevicePictures } from '../data/device-pictures'
import type { Split } from '../data/split'
import type { Network } from '../nn/network'

/** Test pictures in one forward pass: bounds the memory that an evaluation takes. */
const CHUNK = 200

/** What is fixed over all evaluations of a run. */
export interface TestPart {
  pictures: DevicePictures
  statistics: Split['statistics']
}

/**
 * Share of test pictures whose best prototype is their class, with running statistics and without
 * any balancing or centring (prototype k is class k).
 */
export async function accuracy(network: Network, { pictures, statistics }: TestPart): Promise<number> {
  const hits = tidy(() => {
    let total = scalar(0)
    for (let from = 0; from < pictures.count; from += CHUNK) {
      total = add(total, chunkHits(network, { pictures, statistics }, from)) as Scalar
    }
    return total
  })
  const [count] = await hits.data()
  hits.dispose()
  return count! / pictures.count
}

function chunkHits(network: Network, { pictures, statistics }: TestPart, from: number): Scalar {
  return tidy(() => {
    const indices = Int32Array.from({ length: Math.min(CHUNK, pictures.count - from) }, (_, i) => from + i)
    const views = normalised(pictures.at(indices), statistics)
    const best = argMax(network.scores(network.project([views], 'running')), 1)
    return sum(cast(equal(best, pictures.labelsAt(indices)), 'float32')) as Scalar
  })
}
