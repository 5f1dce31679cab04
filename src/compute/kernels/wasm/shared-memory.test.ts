import { expect, it } from 'vitest'
import { NODE_WASM } from '../../connect-node'
import { importingSharedMemory } from './shared-memory'

it('turns tfjs’s module into one that imports a shared memory and is still valid', async () => {
  const { binary, imports } = importingSharedMemory(await NODE_WASM.read())
  const module = await WebAssembly.compile(binary)
  const memories = WebAssembly.Module.imports(module).filter(({ kind }) => kind === 'memory')
  expect(memories).toMatchObject([{ module: 'playground', name: 'memory' }])
  expect(WebAssembly.Module.exports(module)).toContainEqual({ name: 'memory', kind: 'memory' })
  expect(imports.playground!.memory.buffer).toBeInstanceOf(SharedArrayBuffer)
})

it('keeps the module’s own imports and exports', async () => {
  const original = Uint8Array.from(await NODE_WASM.read())
  const before = await WebAssembly.compile(original)
  const after = await WebAssembly.compile(importingSharedMemory(original).binary)
  expect(WebAssembly.Module.imports(after).slice(0, -1)).toEqual(WebAssembly.Module.imports(before))
  expect(WebAssembly.Module.exports(after)).toEqual(WebAssembly.Module.exports(before))
})

it('refuses a module without a memory of its own', () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
  expect(() => importingSharedMemory(empty)).toThrow(RangeError)
})
