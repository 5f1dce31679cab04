import { METHODS } from '../src/recipe/field'
import { TINY } from './playground'
import { expect, test } from './test'

const STEPS = 3

for (const method of METHODS) {
  test(`WebGPU and WASM train ${method} alike`, async ({ playground }) => {
    const losses: Record<string, number[]> = { wasm: [], webgpu: [] }
    for (const backend of ['wasm', 'webgpu'] as const) {
      await playground.open({ ...TINY, method, unlabelledBatch: 8 }, backend)
      for (let step = 1; step <= STEPS; step++) {
        await playground.stepOnce()
        losses[backend]!.push(await playground.latest('Loss', 'total'))
      }
    }
    // The legend rounds to hundredths.
    losses['webgpu']!.forEach((loss, step) => expect(Math.abs(loss - losses['wasm']![step]!)).toBeLessThan(0.0101))
  })
}
