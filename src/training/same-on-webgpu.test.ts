import { beforeAll, expect, it } from 'vitest'
import { connectNodeBackend, type NodeBackend } from '../compute/connect-node'
import { expectClose } from '../compute/trial'
import { describeOnWebGPU } from '../compute/webgpu-trial'
import type { MethodName } from '../recipe/field'
import { eventsOf } from './tiny'

type Run = Awaited<ReturnType<typeof runOf>>

/** One of each way to learn and to answer: a driver in software is slow to compile, and the others share their programs. */
const TRIED: readonly MethodName[] = ['daino', 'suave', 'paws', 's4l']
const SHORT = { steps: 1, learningRate: 0.01, supportsPerClass: 2 } as const
/** Everything that can be measured, and the other way to halve pictures; one method does, whose student and teacher both are. */
const MEASURED = { halving: 'pooling', neighbourAccuracy: 'always', probes: 'on', finalProbe: 'on', smallViews: 1 } as const

describeOnWebGPU('a run on WebGPU', () => {
  const runs: Partial<Record<NodeBackend, Map<MethodName, Run>>> = {}

  beforeAll(async () => {
    for (const backend of ['wasm', 'webgpu'] as const) {
      await connectNodeBackend(backend)
      const found = new Map<MethodName, Run>()
      for (const method of TRIED) found.set(method, await runOf(method))
      runs[backend] = found
    }
  }, 400_000)

  it.each(TRIED)('of %s has the losses and the measures of one on WASM', (method) => {
    const [wasm, webgpu] = [runs.wasm!.get(method)!, runs.webgpu!.get(method)!]
    expectClose(webgpu.metrics, wasm.metrics, 1e-3)
    expect(webgpu.student).toEqual(wasm.student)
    expect(webgpu.teacher).toEqual(wasm.teacher)
  })
})

/** The numbers of every step, and what was measured at the end. */
async function runOf(method: MethodName) {
  const events = await eventsOf({ ...SHORT, ...(method === 'daino' && MEASURED), method })
  const { student, teacher } = events.findLast((event) => event.type === 'evaluation')!
  const metrics = events.flatMap((event) =>
    (event.type === 'metrics' ? [...Object.values(event.metrics), ...event.usage].filter((value) => typeof value === 'number' && !Number.isNaN(value)) : []))
  return { metrics, student, teacher }
}
