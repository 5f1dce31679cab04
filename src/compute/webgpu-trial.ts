import { describe } from 'vitest'
import { nodeGpu } from './node-gpu'

const adapter = await nodeGpu().then((gpu) => gpu.requestAdapter(), () => null)

/** Tests that need WebGPU in Node; without a graphics driver they are skipped, and say so. */
export function describeOnWebGPU(name: string, tests: () => void): void {
  describe.skipIf(!adapter)(adapter ? name : `${name} (skipped: Node finds no graphics driver here)`, tests)
}
