import { add, clone, memory, tensor1d } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../../connect-node'

beforeAll(() => connectNodeBackend('wasm'))

it('a clone outlives its tensor, and a tensor its clone', async () => {
  const before = memory()
  const first = tensor1d([1, 2, 3])
  const second = clone(first)
  const third = clone(second)
  second.dispose()
  first.dispose()
  // What is made now may not land in the memory that the last clone still shares.
  const other = add(tensor1d([7, 8, 9]), 1)
  expect([...await third.data()]).toEqual([1, 2, 3])
  expect([...await other.data()]).toEqual([8, 9, 10])
  third.dispose()
  other.dispose()
  expect(memory().numDataBuffers).toBeLessThanOrEqual(before.numDataBuffers + 1)
})
