import { concat, matMul, pad, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../../connect-node'
import type { BackendReport } from '../../report'
import { madeUp, valuesOf } from '../../trial'
import { describeOnWebGPU } from '../../webgpu-trial'
import { OWN_KERNELS } from './list'

describeOnWebGPU('our kernels', () => {
  let report: BackendReport
  beforeAll(async () => {
    report = await connectNodeBackend('webgpu')
  }, 240_000)

  it.each(OWN_KERNELS.map(({ name }) => name))('serve: %s', (name) => {
    expect(report.kernels?.stock).toEqual([])
    expect(report.kernels?.own).toContain(name)
  })

  it('leave what they cannot do to tfjs, which says what is wrong', async () => {
    const [wide, high] = [madeUp([2, 3]) as Tensor2D, madeUp([4, 5]) as Tensor2D]
    expect(() => matMul(wide, high)).toThrow(/inner shapes/)
    expect(() => concat([wide, high])).toThrow(/shape/)
    expect(await valuesOf(() => pad(madeUp([1]), [[1, 1]], -Infinity))).toEqual([-Infinity, expect.any(Number), -Infinity])
  })
})
