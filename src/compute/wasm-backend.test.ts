import { backend, engine, memory, type TensorInfo } from '@tensorflow/tfjs-core'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import { expect, it } from 'vitest'
import { connectNodeBackend } from './connect-node'
import { guardMemory } from './wasm-backend'

it('memory that runs out ends in a sentence, not at the address 0', () => {
  const addresses = [8, 16, 0]
  const module = { _malloc: (size: number) => (size > 0 ? addresses.shift()! : 0), _free: () => {} }
  guardMemory(module)
  expect(module._malloc(1)).toBe(16)
  expect(() => module._malloc(1)).toThrow('WASM has no memory left')
})

it('the backend that trains is guarded', async () => {
  await connectNodeBackend('wasm')
  const before = memory().numTensors
  const held: TensorInfo[] = []
  const wasm = backend() as BackendWasm
  // 1 GB each, never touched: the fourth does not fit beside what is there.
  const fill = () => { while (held.length < 5) held.push(wasm.makeOutput([2 ** 28], 'float32')) }
  expect(fill).toThrow('WASM has no memory left')
  for (const { dataId } of held) wasm.disposeData(dataId)
  expect(memory().numTensors).toBe(before)
  expect(engine().backendName).toBe('wasm')
})
