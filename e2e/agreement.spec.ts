import { METHODS, type MethodName } from '../src/recipe/field'
import { TINY, type Playground } from './playground'
import { expect, test } from './test'

const STEPS = 3

test('WebGPU and WASM train every method alike', async ({ playground }) => {
  const [onWasm, onWebgpu] = [await lossesOn('wasm', playground), await lossesOn('webgpu', playground)]
  for (const method of METHODS) {
    onWebgpu[method].forEach((loss, step) => {
      // The legend rounds to hundredths.
      expect(Math.abs(loss - onWasm[method][step]!), `${method}, step ${step + 1}`).toBeLessThan(0.0101)
    })
  }
})

/** The losses of the first steps of every method. One page trains all: a GPU in software takes long to begin. */
async function lossesOn(backend: 'wasm' | 'webgpu', playground: Playground): Promise<Record<MethodName, number[]>> {
  const losses = Object.fromEntries(METHODS.map((method) => [method, [] as number[]])) as Record<MethodName, number[]>
  for (const method of METHODS) {
    await test.step(`${method} on ${backend}`, async () => {
      await playground.open({ ...TINY, method, unlabelledBatch: 8 }, backend)
      await expect(playground.page.locator('[data-method]').first()).toHaveAttribute('data-method', method)
      for (let step = 1; step <= STEPS; step++) {
        expect(await playground.stepOnce()).toBe(step)
        losses[method].push(await playground.latest('Loss', 'total'))
      }
      await playground.reset.click()
      await expect(playground.status).toHaveText('Ready.')
    })
  }
  return losses
}
