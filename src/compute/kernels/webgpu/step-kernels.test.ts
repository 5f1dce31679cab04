import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend } from '../../connect-node'
import type { BackendReport } from '../../report'
import { describeOnWebGPU } from '../../webgpu-trial'
import { STEP_KERNELS } from './step-kernels'

describeOnWebGPU('the kernels of a step', () => {
  let report: BackendReport
  beforeAll(async () => {
    report = await connectNodeBackend('webgpu')
  }, 120_000)

  it.each(STEP_KERNELS.map(({ name }) => name))('serve: %s', (name) => {
    expect(report.kernels?.stock).toEqual([])
    expect(report.kernels?.own).toContain(name)
  })
})
