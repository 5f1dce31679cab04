import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../../connect-node'
import type { BackendReport } from '../../report'
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
})
